/** The conversation: one consistency boundary, and the rules it holds. */
@NullMarked
package io.colloquy.command.conversation;

import org.jspecify.annotations.NullMarked;
