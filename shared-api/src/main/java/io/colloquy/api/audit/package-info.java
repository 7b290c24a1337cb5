/** Queries an auditor asks of the log. */
@NullMarked
package io.colloquy.api.audit;

import org.jspecify.annotations.NullMarked;
