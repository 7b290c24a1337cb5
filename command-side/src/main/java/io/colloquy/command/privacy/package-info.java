/** Erasing what people wrote. */
@NullMarked
package io.colloquy.command.privacy;

import org.jspecify.annotations.NullMarked;
