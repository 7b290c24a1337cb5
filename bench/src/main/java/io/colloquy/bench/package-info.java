/** Measurements, printed as tables. */
@NullMarked
package io.colloquy.bench;

import org.jspecify.annotations.NullMarked;
