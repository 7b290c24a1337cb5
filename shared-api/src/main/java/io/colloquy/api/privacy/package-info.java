/** Personal content: what of an event it is, and who it belongs to. */
@NullMarked
package io.colloquy.api.privacy;

import org.jspecify.annotations.NullMarked;
