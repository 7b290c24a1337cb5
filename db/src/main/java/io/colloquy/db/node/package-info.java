/** One process among those that work on the same database. */
@NullMarked
package io.colloquy.db.node;

import org.jspecify.annotations.NullMarked;
