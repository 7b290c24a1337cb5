/** Who acts, with which permissions, and how a refusal is said. */
@NullMarked
package io.colloquy.api.access;

import org.jspecify.annotations.NullMarked;
