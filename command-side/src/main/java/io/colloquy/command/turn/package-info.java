/** Answers turns. */
@NullMarked
package io.colloquy.command.turn;

import org.jspecify.annotations.NullMarked;
