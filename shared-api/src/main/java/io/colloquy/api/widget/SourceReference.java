package io.colloquy.api.widget;

import org.jspecify.annotations.Nullable;

/**
 * A source a widget was made from.
 *
 * @param sourceId the source
 * @param sourceName its name for people
 * @param confidence how completely the question's terms were resolved against it, 0 to 1
 * @param location where in the source
 */
public record SourceReference(
    String sourceId, String sourceName, double confidence, @Nullable String location) {}
