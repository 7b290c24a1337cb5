/** Work that outlives a crash: started by an event, finished or resumed. */
@NullMarked
package io.colloquy.command.work;

import org.jspecify.annotations.NullMarked;
