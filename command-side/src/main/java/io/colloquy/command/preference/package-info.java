/** What a user likes. */
@NullMarked
package io.colloquy.command.preference;

import org.jspecify.annotations.NullMarked;
