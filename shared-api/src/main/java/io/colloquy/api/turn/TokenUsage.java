package io.colloquy.api.turn;

/**
 * Tokens a model counted for a turn.
 *
 * @param prompt tokens read
 * @param completion tokens written
 */
public record TokenUsage(int prompt, int completion) {}
