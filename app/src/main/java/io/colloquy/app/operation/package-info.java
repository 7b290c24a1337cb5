/** Keeping the product running: projections, events that were put aside, erasure. */
@NullMarked
package io.colloquy.app.operation;

import org.jspecify.annotations.NullMarked;
