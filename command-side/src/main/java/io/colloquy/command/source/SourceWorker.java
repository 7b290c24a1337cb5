package io.colloquy.command.source;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.source.ImportedContent;
import io.colloquy.api.source.SourceCommand.CompleteImport;
import io.colloquy.api.source.SourceCommand.FailImport;
import io.colloquy.api.source.SourceEvent.SourceImportFailed;
import io.colloquy.api.source.SourceEvent.SourceImported;
import io.colloquy.api.source.SourceEvent.SourceRegistered;
import io.colloquy.api.source.SourceEvent.SourceRemoved;
import io.colloquy.command.gateway.Cause;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.work.NodeId;
import io.colloquy.command.work.ResumableWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.tracing.SpanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reacts to registered sources: imports each file, all of it or nothing, beside all other work. */
@Component
@ProcessingGroup("source-worker")
@DisallowReplay
class SourceWorker extends ResumableWork {

  /** Sources belong to no conversation. */
  private static final String NO_CONVERSATION = "";

  private final SourceStore store;
  private final SourceFiles files;
  private final ImportProgress progress;
  private final Commands commands;
  private final EventStore log;

  SourceWorker(
      SourceStore store,
      SourceFiles files,
      ImportProgress progress,
      Commands commands,
      EventStore log,
      JdbcClient jdbc,
      NodeId node,
      SpanFactory spans,
      @Value("${colloquy.import-deadline:30m}") Duration deadline) {
    super("import", deadline, jdbc, node, spans);
    this.store = store;
    this.files = files;
    this.progress = progress;
    this.commands = commands;
    this.log = log;
  }

  @EventHandler
  void on(SourceRegistered event, MetaData metadata, @Timestamp Instant at) {
    Actor actor = ActorMetadata.actorIn(metadata);
    beginAfterCommit(
        key(event.sourceId()), at, () -> run(event, actor), failing(event.sourceId(), actor));
  }

  @EventHandler
  void on(SourceImported event) {
    ended(key(event.sourceId()));
  }

  @EventHandler
  void on(SourceImportFailed event) {
    ended(key(event.sourceId()));
  }

  @EventHandler
  void on(SourceRemoved event) {
    stopAfterCommit(key(event.sourceId()));
    store.drop(event.sourceId());
    files.discard(event.sourceId());
  }

  @Override
  protected void resume(ResumableWork.Key key) {
    log.readEvents(key.workId(), 0)
        .asStream()
        .forEach(
            message -> {
              if (message.getPayload() instanceof SourceRegistered event) {
                Actor actor = ActorMetadata.actorIn(message.getMetaData());
                begin(
                    key,
                    new Cause(message),
                    () -> run(event, actor),
                    failing(event.sourceId(), actor));
              }
            });
  }

  private void run(SourceRegistered event, Actor actor) {
    String sourceId = event.sourceId();
    boolean kept = false;
    try {
      store.drop(sourceId);
      ImportedContent content = read(event);
      kept = commands.ask(new CompleteImport(sourceId, content), Boolean.class, actor);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      progress.ended(sourceId);
      if (!kept) {
        store.drop(sourceId);
      }
    }
    files.discard(sourceId);
  }

  private ImportedContent read(SourceRegistered event) throws IOException {
    Path file = files.of(event.sourceId());
    if (!Files.exists(file)) {
      throw new Refusal(
          ErrorCode.INTERRUPTED, "The uploaded file is gone. Please upload it again.");
    }
    return switch (event.kind()) {
      case CSV -> table(event, new CsvFile(file));
      case XLSX -> table(event, new XlsxFile(file));
      case PDF, MARKDOWN, TEXT ->
          new DocumentImport(store, progress, event.sourceId()).run(file, event.kind());
    };
  }

  private ImportedContent table(SourceRegistered event, TabularFile file) throws IOException {
    return new TableImport(store, progress, event.sourceId(), event.name(), file).run();
  }

  private Failure failing(String sourceId, Actor actor) {
    return (code, sentence) -> {
      commands.send(new FailImport(sourceId, code, sentence), actor);
      files.discard(sourceId);
    };
  }

  private static ResumableWork.Key key(String sourceId) {
    return new ResumableWork.Key(NO_CONVERSATION, sourceId);
  }
}
