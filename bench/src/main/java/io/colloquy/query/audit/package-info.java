/** Measurements of the audit log, which see inside it. */
@NullMarked
package io.colloquy.query.audit;

import org.jspecify.annotations.NullMarked;
