/** The audit log over REST. */
@NullMarked
package io.colloquy.app.audit;

import org.jspecify.annotations.NullMarked;
