/** Sends commands with the actor that causes them. */
@NullMarked
package io.colloquy.command.gateway;

import org.jspecify.annotations.NullMarked;
