package io.colloquy.app.audit;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditQuery.Filter;
import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.preference.PreferenceQuery.FindPreferences;
import io.colloquy.api.preference.PreferenceQuery.Preferences;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import io.colloquy.command.gateway.Commands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An auditor's own saved queries, kept among their preferences. */
@RestController
@RequestMapping("/api/audit/queries")
class SavedQueryController {

  private static final String PREFIX = "audit_query.";

  private final Commands commands;
  private final QueryGateway queries;

  SavedQueryController(Commands commands, QueryGateway queries) {
    this.commands = commands;
    this.queries = queries;
  }

  /** A filter under a name. */
  record SavedQuery(String name, Map<String, Object> filter) {}

  record SavedQueries(List<SavedQuery> queries) {}

  @GetMapping
  SavedQueries list(@Caller Actor caller) {
    Allowed.audit(caller);
    List<SavedQuery> saved = new ArrayList<>();
    queries
        .query(new FindPreferences(caller.userId()), Preferences.class)
        .join()
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)
                  && value instanceof Map<?, ?> query
                  && query.get("name") instanceof String name
                  && query.get("filter") instanceof Map<?, ?> filter) {
                Map<String, Object> conditions = new HashMap<>();
                filter.forEach((condition, of) -> conditions.put(String.valueOf(condition), of));
                saved.add(new SavedQuery(name, conditions));
              }
            });
    return new SavedQueries(saved);
  }

  @PutMapping("/{name}")
  SavedQueries save(@PathVariable String name, @RequestBody Filter asked, @Caller Actor caller) {
    Allowed.audit(caller);
    Filter filter = AuditConditions.checked(asked);
    change(name, Map.of("name", name.strip(), "filter", filter.conditions()), caller);
    return list(caller);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forget(@PathVariable String name, @Caller Actor caller) {
    Allowed.audit(caller);
    change(name, null, caller);
  }

  private void change(String name, @Nullable Object value, Actor caller) {
    String key = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    if (key.isEmpty() || key.equals("-") || key.length() > 50) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "Give the query a name of 1 to 50 letters and digits.");
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(PREFIX + key, value);
    commands.send(new ChangePreferences(caller.userId(), values), caller);
  }
}
