/** Preferences over REST. */
@NullMarked
package io.colloquy.app.preference;

import org.jspecify.annotations.NullMarked;
