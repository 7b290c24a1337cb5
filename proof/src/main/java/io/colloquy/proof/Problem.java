package io.colloquy.proof;

/**
 * Something that is not as it was written.
 *
 * @param seq the first entry it is about; 0 when it is about none
 * @param kind {@code changed}, {@code removed}, {@code inserted}, {@code reordered}, or what else
 *     is wrong
 * @param sentence for people
 */
public record Problem(long seq, String kind, String sentence) {}
