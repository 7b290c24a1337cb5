/** Files people bring: as tables to ask about, or as documents to cite. */
@NullMarked
package io.colloquy.api.source;

import org.jspecify.annotations.NullMarked;
