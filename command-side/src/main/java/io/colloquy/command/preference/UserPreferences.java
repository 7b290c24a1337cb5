package io.colloquy.command.preference;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.preference.PreferenceEvent.PreferenceChanged;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** One user's preferences; only what really changes is an event. */
@Aggregate(type = "preferences", cache = "aggregateCache")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class UserPreferences {

  @AggregateIdentifier
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon reads it.
  private String preferencesId;

  private Map<String, Object> values = new LinkedHashMap<>();

  UserPreferences() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void decide(ChangePreferences command) {
    OnlyFewShortPreferences.check(values, command.values());
    // Where nothing changes no event follows, and Axon asks for the id all the same.
    preferencesId = command.preferencesId();
    command
        .values()
        .forEach(
            (key, value) -> {
              if (!Objects.equals(values.get(key), value)) {
                apply(new PreferenceChanged(command.userId(), key, value));
              }
            });
  }

  @EventSourcingHandler
  void evolve(PreferenceChanged event) {
    preferencesId = new ChangePreferences(event.userId(), Map.of()).preferencesId();
    if (event.value() == null) {
      values.remove(event.key());
    } else {
      values.put(event.key(), event.value());
    }
  }
}
