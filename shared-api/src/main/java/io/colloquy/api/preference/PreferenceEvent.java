package io.colloquy.api.preference;

import org.jspecify.annotations.Nullable;

/** What happened to a user's preferences. */
public sealed interface PreferenceEvent {

  /** Whose they are. */
  String userId();

  /**
   * A preference was set or, with null, taken back.
   *
   * @param key its name
   * @param value any JSON
   */
  record PreferenceChanged(String userId, String key, @Nullable Object value)
      implements PreferenceEvent {}
}
