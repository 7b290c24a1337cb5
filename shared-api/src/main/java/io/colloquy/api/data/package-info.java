/** Questions to the data, as a planner may ask them: never SQL. */
@NullMarked
package io.colloquy.api.data;

import org.jspecify.annotations.NullMarked;
