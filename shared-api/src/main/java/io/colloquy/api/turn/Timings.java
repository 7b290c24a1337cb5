package io.colloquy.api.turn;

/**
 * How long a turn's stages took, in milliseconds.
 *
 * @param planMs understanding the question
 * @param dataMs reading the data
 * @param totalMs from the start of the work to its end
 */
public record Timings(long planMs, long dataMs, long totalMs) {}
