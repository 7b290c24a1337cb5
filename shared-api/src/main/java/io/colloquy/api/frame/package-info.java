/** What goes over the wire to a client. */
@NullMarked
package io.colloquy.api.frame;

import org.jspecify.annotations.NullMarked;
