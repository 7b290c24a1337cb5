/** A real PostgreSQL inside the application, for a start with nothing installed. */
@NullMarked
package io.colloquy.db.embedded;

import org.jspecify.annotations.NullMarked;
