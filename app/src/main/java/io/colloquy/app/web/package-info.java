/** What all of REST shares: problems, strict JSON, the page. */
@NullMarked
package io.colloquy.app.web;

import org.jspecify.annotations.NullMarked;
