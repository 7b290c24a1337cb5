/** Sources over REST. */
@NullMarked
package io.colloquy.app.source;

import org.jspecify.annotations.NullMarked;
