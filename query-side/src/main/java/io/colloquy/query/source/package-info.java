/** Sources as they stand. */
@NullMarked
package io.colloquy.query.source;

import org.jspecify.annotations.NullMarked;
