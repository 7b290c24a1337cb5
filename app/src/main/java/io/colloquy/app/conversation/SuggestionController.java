package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.app.access.Caller;
import io.colloquy.command.catalogue.Suggestions;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What one might ask. */
@RestController
class SuggestionController {

  private final Suggestions suggestions;

  SuggestionController(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  record Suggested(List<String> questions) {}

  @GetMapping("/api/suggestions")
  Suggested list(@Caller Actor actor) {
    return new Suggested(suggestions.of(actor));
  }
}
