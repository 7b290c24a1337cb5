package io.colloquy.api.frame;

import org.jspecify.annotations.Nullable;

/**
 * One message to a client, derived from exactly one event.
 *
 * @param seq the event's sequence number in its conversation; increasing, not contiguous
 * @param turnId the turn it belongs to, absent for what belongs to none
 * @param at when the event happened, ISO-8601 in UTC
 * @param type what it carries
 * @param content the content, of a shape that depends on the type
 */
public record Frame(
    long seq, @Nullable String turnId, String at, FrameType type, @Nullable Object content) {}
