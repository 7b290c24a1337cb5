/** What was planned for a turn, and what it cost. */
@NullMarked
package io.colloquy.api.turn;

import org.jspecify.annotations.NullMarked;
