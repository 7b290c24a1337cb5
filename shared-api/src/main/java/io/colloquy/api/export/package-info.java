/** Commands and events of an export. */
@NullMarked
package io.colloquy.api.export;

import org.jspecify.annotations.NullMarked;
