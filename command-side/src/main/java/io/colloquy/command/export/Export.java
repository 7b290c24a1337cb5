package io.colloquy.command.export;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.export.ExportCommand.CompleteExport;
import io.colloquy.api.export.ExportCommand.FailExport;
import io.colloquy.api.export.ExportCommand.RecordDownload;
import io.colloquy.api.export.ExportCommand.RequestExport;
import io.colloquy.api.export.ExportEvent.ExportCompleted;
import io.colloquy.api.export.ExportEvent.ExportDownloaded;
import io.colloquy.api.export.ExportEvent.ExportFailed;
import io.colloquy.api.export.ExportEvent.ExportRequested;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** A file of a query's rows: requested, then completed or failed; each download is noted. */
@Aggregate(type = "export", cache = "aggregateCache")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class Export {

  private enum Status {
    NEW,
    REQUESTED,
    COMPLETED,
    FAILED
  }

  /** Left unset until the first event, which is how Axon tells a new aggregate. */
  @AggregateIdentifier
  @SuppressWarnings("NullAway.Init")
  private String exportId;

  private Status status = Status.NEW;

  Export() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void decide(RequestExport command) {
    if (status == Status.NEW) {
      apply(
          new ExportRequested(
              command.exportId(),
              command.conversationId(),
              command.invocationId(),
              command.dataKey(),
              command.query(),
              command.format(),
              command.filename()));
    }
  }

  @EventSourcingHandler
  void evolve(ExportRequested event) {
    exportId = event.exportId();
    status = Status.REQUESTED;
  }

  @CommandHandler
  void decide(CompleteExport command) {
    if (status == Status.REQUESTED) {
      apply(
          new ExportCompleted(
              exportId,
              command.filename(),
              command.contentType(),
              command.bytes(),
              command.sha256(),
              command.location()));
    }
  }

  @EventSourcingHandler
  void evolve(ExportCompleted event) {
    status = Status.COMPLETED;
  }

  @CommandHandler
  void decide(FailExport command) {
    if (status == Status.REQUESTED) {
      apply(new ExportFailed(exportId, command.code(), command.message()));
    }
  }

  @EventSourcingHandler
  void evolve(ExportFailed event) {
    status = Status.FAILED;
  }

  @CommandHandler
  void decide(RecordDownload command) {
    apply(new ExportDownloaded(exportId));
  }
}
