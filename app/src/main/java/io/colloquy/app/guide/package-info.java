/** The reference guide's own transports, for clients written from it. */
@NullMarked
package io.colloquy.app.guide;

import org.jspecify.annotations.NullMarked;
