/** Forms: their fields, and what their values ask for. */
@NullMarked
package io.colloquy.command.form;

import org.jspecify.annotations.NullMarked;
