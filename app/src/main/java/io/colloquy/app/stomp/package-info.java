/** Conversations over STOMP. */
@NullMarked
package io.colloquy.app.stomp;

import org.jspecify.annotations.NullMarked;
