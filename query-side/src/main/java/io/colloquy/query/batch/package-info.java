/** Projecting many events with one statement. */
@NullMarked
package io.colloquy.query.batch;

import org.jspecify.annotations.NullMarked;
