/** Personal content under a key per person, so that erasing the key erases the content. */
@NullMarked
package io.colloquy.db.privacy;

import org.jspecify.annotations.NullMarked;
