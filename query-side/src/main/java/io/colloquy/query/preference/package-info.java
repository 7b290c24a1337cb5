/** What users like, to be read. */
@NullMarked
package io.colloquy.query.preference;

import org.jspecify.annotations.NullMarked;
