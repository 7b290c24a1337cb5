package io.colloquy.command.preference;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Preferences are a handful of short values under plain names. */
final class OnlyFewShortPreferences {

  private static final int MOST = 100;
  private static final int LARGEST_VALUE = 2048;

  private OnlyFewShortPreferences() {}

  /** A number that would be endless when written is not short either. */
  private static boolean isShort(@Nullable Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value).length <= LARGEST_VALUE;
    } catch (JacksonException cannotBeWritten) {
      return false;
    }
  }

  static void check(Map<String, Object> before, Map<String, @Nullable Object> changes) {
    List<FieldError> errors = new ArrayList<>();
    changes.forEach(
        (key, value) -> {
          if (!key.matches("[A-Za-z][A-Za-z0-9_.-]{0,63}")) {
            String shown = key.substring(0, Math.min(key.length(), 64));
            errors.add(new FieldError(shown, "Use a name of letters, digits, dots or dashes."));
          } else if (!isShort(value)) {
            errors.add(new FieldError(key, "Use at most 2 KiB."));
          }
        });
    Set<String> after = new HashSet<>(before.keySet());
    after.addAll(changes.keySet());
    if (after.size() > MOST) {
      errors.add(new FieldError("", "Keep at most " + MOST + " preferences."));
    }
    if (!errors.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "Some preferences cannot be kept.", errors);
    }
  }
}
