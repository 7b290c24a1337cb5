@NullMarked
package io.colloquy.proof;

import org.jspecify.annotations.NullMarked;
