package io.colloquy.api.preference;

import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a user's preferences. */
public sealed interface PreferenceCommand {

  /** Whose they are. */
  String userId();

  /**
   * Sets preferences; a null value takes one back. What is already so has no effect.
   *
   * @param values by name
   */
  record ChangePreferences(String userId, Map<String, @Nullable Object> values)
      implements PreferenceCommand {

    /** Told apart from every conversation's id, which has no slash. */
    @TargetAggregateIdentifier
    public String preferencesId() {
      return "preferences/" + userId;
    }
  }
}
