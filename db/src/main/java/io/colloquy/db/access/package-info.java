/** Roles and who has them. */
@NullMarked
package io.colloquy.db.access;

import org.jspecify.annotations.NullMarked;
