package io.colloquy.app.preference;

import io.colloquy.api.access.Actor;
import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.preference.PreferenceQuery.FindPreferences;
import io.colloquy.api.preference.PreferenceQuery.Preferences;
import io.colloquy.app.access.Caller;
import io.colloquy.command.gateway.Commands;
import java.util.Map;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One's own preferences, kept across conversations and devices. */
@RestController
@RequestMapping("/api/preferences")
class PreferenceController {

  private final Commands commands;
  private final QueryGateway queries;

  PreferenceController(Commands commands, QueryGateway queries) {
    this.commands = commands;
    this.queries = queries;
  }

  @GetMapping
  Map<String, Object> find(@Caller Actor actor) {
    return queries.query(new FindPreferences(actor.userId()), Preferences.class).join().values();
  }

  /** Sets what the body names, takes back what it gives as null, and leaves the rest. */
  @PutMapping
  Map<String, Object> change(
      @RequestBody Map<String, @Nullable Object> values, @Caller Actor actor) {
    commands.send(new ChangePreferences(actor.userId(), values), actor);
    return find(actor);
  }
}
