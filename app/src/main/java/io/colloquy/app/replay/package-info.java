/** Replaying, forking and asking again, over REST. */
@NullMarked
package io.colloquy.app.replay;

import org.jspecify.annotations.NullMarked;
