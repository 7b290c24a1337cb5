/** What people may do, and who may change it. */
@NullMarked
package io.colloquy.command.access;

import org.jspecify.annotations.NullMarked;
