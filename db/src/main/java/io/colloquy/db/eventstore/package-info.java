/** PostgreSQL as the event store: commit-safe order, JSON that people can read. */
@NullMarked
package io.colloquy.db.eventstore;

import org.jspecify.annotations.NullMarked;
