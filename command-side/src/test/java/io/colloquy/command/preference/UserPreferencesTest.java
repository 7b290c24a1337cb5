package io.colloquy.command.preference;

import io.colloquy.api.access.Refusal;
import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.preference.PreferenceEvent.PreferenceChanged;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserPreferencesTest {

  private FixtureConfiguration<UserPreferences> preferences;

  @BeforeEach
  void fixture() {
    preferences = new AggregateTestFixture<>(UserPreferences.class);
  }

  @Test
  void onlyWhatChangesIsAnEvent() {
    preferences
        .givenNoPriorActivity()
        .when(new ChangePreferences("viewer", Map.of("theme", "dark")))
        .expectEvents(new PreferenceChanged("viewer", "theme", "dark"));
    preferences
        .given(new PreferenceChanged("viewer", "theme", "dark"))
        .when(new ChangePreferences("viewer", Map.of("theme", "dark")))
        .expectNoEvents();
    preferences
        .given(new PreferenceChanged("viewer", "theme", "dark"))
        .when(new ChangePreferences("viewer", nothingFor("theme")))
        .expectEvents(new PreferenceChanged("viewer", "theme", null));
  }

  @Test
  void longOrOddlyNamedOnesAreRefusedAltogether() {
    preferences
        .givenNoPriorActivity()
        .when(new ChangePreferences("viewer", Map.of("theme", "dark", "a b", 1)))
        .expectException(Refusal.class)
        .expectNoEvents();
    preferences
        .givenNoPriorActivity()
        .when(new ChangePreferences("viewer", Map.of("theme", "x".repeat(3000))))
        .expectException(Refusal.class)
        .expectNoEvents();
  }

  private static Map<String, @Nullable Object> nothingFor(String key) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(key, null);
    return values;
  }
}
