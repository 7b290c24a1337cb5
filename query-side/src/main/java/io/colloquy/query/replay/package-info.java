/** Conversations as they were at any place of their log, and why they answered as they did. */
@NullMarked
package io.colloquy.query.replay;

import org.jspecify.annotations.NullMarked;
