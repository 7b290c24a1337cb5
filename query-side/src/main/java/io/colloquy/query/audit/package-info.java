/** The audit log: every event, in the order of the log. */
@NullMarked
package io.colloquy.query.audit;

import org.jspecify.annotations.NullMarked;
