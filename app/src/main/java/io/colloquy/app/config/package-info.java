/** Wires the modules together. */
@NullMarked
package io.colloquy.app.config;

import org.jspecify.annotations.NullMarked;
