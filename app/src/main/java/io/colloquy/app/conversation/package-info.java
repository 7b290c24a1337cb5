/** Conversations over REST. */
@NullMarked
package io.colloquy.app.conversation;

import org.jspecify.annotations.NullMarked;
