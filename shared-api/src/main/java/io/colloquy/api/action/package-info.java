/** What became of an action a client invoked. */
@NullMarked
package io.colloquy.api.action;

import org.jspecify.annotations.NullMarked;
