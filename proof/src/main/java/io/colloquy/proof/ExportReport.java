package io.colloquy.proof;

import org.jspecify.annotations.Nullable;

/**
 * What a check of an exported log found.
 *
 * @param entries how many entries were checked
 * @param whole whether the export holds all of the log up to its checkpoint
 * @param filter what the export was asked for
 * @param checkpoints how many checkpoints were checked
 * @param covering the checkpoint that covers it
 * @param trusted whether the signatures were checked with a key from elsewhere than the file
 * @param problem the first thing that is wrong; null when all is as it was written
 */
public record ExportReport(
    long entries,
    boolean whole,
    String filter,
    int checkpoints,
    @Nullable Checkpoint covering,
    boolean trusted,
    @Nullable Problem problem) {}
