/** Models of providers: asked for plans and for words, never trusted with either. */
@NullMarked
package io.colloquy.command.model;

import org.jspecify.annotations.NullMarked;
