/** Where each widget was issued, for fast refusals. */
@NullMarked
package io.colloquy.query.widget;

import org.jspecify.annotations.NullMarked;
