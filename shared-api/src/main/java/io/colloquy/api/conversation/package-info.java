/** Commands, events and queries of a conversation. */
@NullMarked
package io.colloquy.api.conversation;

import org.jspecify.annotations.NullMarked;
