package io.colloquy.command.source;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.SourceAccess;
import io.colloquy.api.source.SourceCommand.CompleteImport;
import io.colloquy.api.source.SourceCommand.EditSource;
import io.colloquy.api.source.SourceCommand.FailImport;
import io.colloquy.api.source.SourceCommand.RegisterSource;
import io.colloquy.api.source.SourceCommand.RemoveSource;
import io.colloquy.api.source.SourceEvent;
import io.colloquy.api.source.SourceEvent.SourceEdited;
import io.colloquy.api.source.SourceEvent.SourceImportFailed;
import io.colloquy.api.source.SourceEvent.SourceImported;
import io.colloquy.api.source.SourceEvent.SourceRegistered;
import io.colloquy.api.source.SourceEvent.SourceRemoved;
import io.colloquy.api.source.SourceTable;
import io.colloquy.api.source.SourceView;
import io.colloquy.api.source.SourceView.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A file somebody brought: registered, imported or failed, edited, removed. */
@Aggregate(type = "source", cache = "aggregateCache")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class UploadedSource {

  /** Left unset until the first event, which is how Axon tells a new aggregate. */
  @AggregateIdentifier
  @SuppressWarnings("NullAway.Init")
  private String sourceId;

  @SuppressWarnings("NullAway.Init")
  private SourceView state;

  UploadedSource() {}

  @CommandHandler
  UploadedSource(RegisterSource command) {
    OnlyPeopleWhoMayUpload.check(command.actor());
    OnlySensibleEntries.checkName(command.name());
    OnlySensibleEntries.check(command.access(), List.of());
    apply(
        new SourceRegistered(
            command.sourceId(),
            command.name().strip(),
            command.actor().userId(),
            command.filename(),
            command.kind(),
            command.bytes(),
            command.sha256(),
            command.access()));
  }

  @EventSourcingHandler
  void evolve(SourceRegistered event, @Timestamp Instant at) {
    sourceId = event.sourceId();
    state = SourceView.of(event, at);
  }

  /** Answers whether what was imported is to be kept. */
  @CommandHandler
  boolean decide(CompleteImport command) {
    if (state.status() == Status.IMPORTING) {
      apply(new SourceImported(sourceId, state.sha256(), command.content()));
    }
    return state.status() == Status.READY;
  }

  @CommandHandler
  void decide(FailImport command) {
    if (state.status() == Status.IMPORTING) {
      apply(new SourceImportFailed(sourceId, command.code(), command.message()));
    }
  }

  @CommandHandler
  void decide(EditSource command) {
    checkMayChange(command.actor());
    if (state.status() != Status.READY) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "Only an imported source can be edited.");
    }
    String name = Objects.requireNonNullElse(command.name(), state.name()).strip();
    SourceAccess access = Objects.requireNonNullElse(command.access(), state.access());
    List<SourceTable> tables = edited(command.tables());
    OnlySensibleEntries.checkName(name);
    OnlySensibleEntries.check(access, tables);
    boolean same =
        name.equals(state.name())
            && access.equals(state.access())
            && tables.equals(state.importedTables());
    if (!same) {
      apply(new SourceEdited(sourceId, name, access, tables));
    }
  }

  private List<SourceTable> edited(@Nullable List<SourceTable> tables) {
    if (tables == null) {
      return state.importedTables();
    }
    OnlySensibleEntries.checkSameColumns(state.importedTables(), tables);
    return tables;
  }

  @CommandHandler
  void decide(RemoveSource command) {
    checkMayChange(command.actor());
    if (state.status() != Status.REMOVED) {
      apply(new SourceRemoved(sourceId));
    }
  }

  private void checkMayChange(Actor actor) {
    if (!state.mayBeReadBy(actor)) {
      throw new Refusal(ErrorCode.SOURCE_NOT_FOUND, "There is no such source.");
    }
    if (!state.mayBeChangedBy(actor)) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED, "Only its owner or an administrator may change a source.");
    }
  }

  @EventSourcingHandler
  void evolve(SourceImported event) {
    after(event);
  }

  @EventSourcingHandler
  void evolve(SourceImportFailed event) {
    after(event);
  }

  @EventSourcingHandler
  void evolve(SourceEdited event) {
    after(event);
  }

  @EventSourcingHandler
  void evolve(SourceRemoved event) {
    after(event);
  }

  private void after(SourceEvent event) {
    state = state.after(event);
  }
}
