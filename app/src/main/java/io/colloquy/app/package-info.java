/** The application. */
@NullMarked
package io.colloquy.app;

import org.jspecify.annotations.NullMarked;
