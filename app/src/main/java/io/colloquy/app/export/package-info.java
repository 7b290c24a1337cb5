/** Exported files over REST. */
@NullMarked
package io.colloquy.app.export;

import org.jspecify.annotations.NullMarked;
