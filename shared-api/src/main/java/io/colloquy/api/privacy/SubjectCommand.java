package io.colloquy.api.privacy;

import io.colloquy.api.access.Actor;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked about a person's content. */
public sealed interface SubjectCommand {

  /** The person. */
  String subjectId();

  /** Makes all that a person wrote, and what was answered, unreadable for good. */
  record EraseSubject(String subjectId, Actor actor) implements SubjectCommand {

    /** Told apart from every conversation's id, which has no slash. */
    @TargetAggregateIdentifier
    public String aggregateId() {
      return "subject/" + subjectId;
    }
  }
}
