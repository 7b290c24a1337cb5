package io.colloquy.api.turn;

import org.jspecify.annotations.Nullable;

/**
 * A source that was really read for an answer.
 *
 * @param sourceId the source
 * @param sourceName its name for people
 * @param snippet what was read, in short
 * @param confidence how completely the question's terms were resolved against the source, 0 to 1
 * @param page the page, for documents
 * @param location where in the source, for tables and sheets
 */
public record Citation(
    String sourceId,
    String sourceName,
    String snippet,
    double confidence,
    @Nullable Integer page,
    @Nullable String location) {}
