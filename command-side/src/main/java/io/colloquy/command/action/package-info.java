/** Carries out authorised actions. */
@NullMarked
package io.colloquy.command.action;

import org.jspecify.annotations.NullMarked;
