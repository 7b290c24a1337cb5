/** Building projections anew while the system serves. */
@NullMarked
package io.colloquy.query.rebuild;

import org.jspecify.annotations.NullMarked;
