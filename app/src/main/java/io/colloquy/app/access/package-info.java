/** Who calls: tokens, demo users, permissions, refusals. */
@NullMarked
package io.colloquy.app.access;

import org.jspecify.annotations.NullMarked;
