/** What data there is, and how a question to it becomes parameterised SQL. */
@NullMarked
package io.colloquy.command.catalogue;

import org.jspecify.annotations.NullMarked;
