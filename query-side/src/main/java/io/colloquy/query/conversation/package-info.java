/** Conversations as they stand. */
@NullMarked
package io.colloquy.query.conversation;

import org.jspecify.annotations.NullMarked;
