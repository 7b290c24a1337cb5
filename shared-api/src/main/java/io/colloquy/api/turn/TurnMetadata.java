package io.colloquy.api.turn;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may send with a question.
 *
 * @param formId the form whose values come with the question
 * @param formData the form's values by field
 */
public record TurnMetadata(@Nullable String formId, @Nullable Map<String, Object> formData) {}
