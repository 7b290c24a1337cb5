/** What one would write without Colloquy: Spring AI and Spring's STOMP broker, and no log. */
@NullMarked
package plain;

import org.jspecify.annotations.NullMarked;
