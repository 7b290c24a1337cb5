package io.colloquy.app.operation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.privacy.SubjectCommand.EraseSubject;
import io.colloquy.app.access.Caller;
import io.colloquy.command.gateway.Commands;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erasing what a person wrote, on their own behalf or by an administrator. */
@RestController
class SubjectController {

  private final Commands commands;

  SubjectController(Commands commands) {
    this.commands = commands;
  }

  /** When this answers, the content can be read by nobody any more. */
  @DeleteMapping("/api/subjects/{subjectId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erase(@PathVariable String subjectId, @Caller Actor caller) {
    commands.send(new EraseSubject(subjectId, caller), caller);
  }
}
