/** Makes widgets, with the actions the person is permitted. */
@NullMarked
package io.colloquy.command.widget;

import org.jspecify.annotations.NullMarked;
