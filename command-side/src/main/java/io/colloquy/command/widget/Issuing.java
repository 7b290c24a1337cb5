package io.colloquy.command.widget;

import io.colloquy.api.access.Actor;
import io.colloquy.api.widget.SourceReference;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a widget is issued with, beside what it shows.
 *
 * @param actor whom it is issued to, with the permissions that decide its actions
 * @param question the question it answers
 * @param dataKey names the query whose rows it shows, absent when it shows none
 * @param sources what was read
 * @param now the instant of issuance
 */
public record Issuing(
    Actor actor,
    @Nullable String question,
    @Nullable String dataKey,
    List<SourceReference> sources,
    Instant now) {}
