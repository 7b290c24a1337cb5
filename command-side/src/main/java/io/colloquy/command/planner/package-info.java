/** Understanding questions without a model: a grammar over the catalogue's vocabulary. */
@NullMarked
package io.colloquy.command.planner;

import org.jspecify.annotations.NullMarked;
