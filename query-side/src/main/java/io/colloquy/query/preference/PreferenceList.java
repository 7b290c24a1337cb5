package io.colloquy.query.preference;

import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.preference.PreferenceEvent.PreferenceChanged;
import io.colloquy.api.preference.PreferenceQuery.FindPreferences;
import io.colloquy.api.preference.PreferenceQuery.Preferences;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/**
 * A user's preferences as they stand. Their few events are read from the log itself, so that what
 * was just set is seen at once.
 */
@Component
class PreferenceList {

  private final EventStore log;

  PreferenceList(EventStore log) {
    this.log = log;
  }

  @QueryHandler
  Preferences find(FindPreferences query) {
    Map<String, Object> values = new TreeMap<>();
    log.readEvents(new ChangePreferences(query.userId(), Map.of()).preferencesId(), 0)
        .asStream()
        .forEach(
            event -> {
              if (event.getPayload() instanceof PreferenceChanged change) {
                if (change.value() == null) {
                  values.remove(change.key());
                } else {
                  values.put(change.key(), change.value());
                }
              }
            });
    return new Preferences(values);
  }
}
