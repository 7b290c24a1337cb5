/** Measurements, each printed as a table by one command. */
@NullMarked
package io.colloquy.bench;

import org.jspecify.annotations.NullMarked;
