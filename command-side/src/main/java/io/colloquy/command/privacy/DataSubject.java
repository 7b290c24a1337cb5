package io.colloquy.command.privacy;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.privacy.SubjectCommand.EraseSubject;
import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.api.privacy.SubjectKeyring;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * A person whose content the log holds. Erasing the keys and the event that says so are one
 * transaction: neither is there without the other.
 */
@Aggregate(type = "subject")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class DataSubject {

  /** Left unset until the first event, which is how Axon tells a new aggregate. */
  @AggregateIdentifier
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon reads it.
  private String aggregateId;

  DataSubject() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void decide(EraseSubject command, SubjectKeyring keys) {
    if (command.subjectId().isBlank() || command.subjectId().length() > 255) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "A person's id is needed.");
    }
    OnlyAdministratorsErase.check(command.subjectId(), command.actor());
    apply(new SubjectErased(command.subjectId(), keys.erase(command.subjectId())));
  }

  @EventSourcingHandler
  void evolve(SubjectErased event) {
    aggregateId = "subject/" + event.subjectId();
  }
}
