/** The one JSON mapping of events, frames and answers. */
@NullMarked
package io.colloquy.api.json;

import org.jspecify.annotations.NullMarked;
