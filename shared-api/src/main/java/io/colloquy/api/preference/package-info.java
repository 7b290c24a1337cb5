/** What a user likes, kept for them across conversations. */
@NullMarked
package io.colloquy.api.preference;

import org.jspecify.annotations.NullMarked;
