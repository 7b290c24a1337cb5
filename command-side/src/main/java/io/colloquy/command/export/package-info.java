/** Files made from a query's rows. */
@NullMarked
package io.colloquy.command.export;

import org.jspecify.annotations.NullMarked;
