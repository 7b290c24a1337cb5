/** The widget descriptor, in the JSON clients know. */
@NullMarked
package io.colloquy.api.widget;

import org.jspecify.annotations.NullMarked;
