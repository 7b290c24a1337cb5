package io.colloquy.api.preference;

import java.util.Map;

/** What can be asked about preferences. */
public sealed interface PreferenceQuery {

  /** A user's preferences; empty when they have set none. */
  record FindPreferences(String userId) implements PreferenceQuery {}

  /** The answer to {@link FindPreferences}. */
  record Preferences(Map<String, Object> values) {}
}
