/** Events turned into frames, live and from the log. */
@NullMarked
package io.colloquy.query.stream;

import org.jspecify.annotations.NullMarked;
