/** Files people bring: taken in, checked, imported, searched and removed. */
@NullMarked
package io.colloquy.command.source;

import org.jspecify.annotations.NullMarked;
