package io.colloquy.api.access;

/**
 * One field of a request that is wrong.
 *
 * @param field the field's name as the client sent it
 * @param message what is wrong with it, in a sentence
 */
public record FieldError(String field, String message) {}
