package io.colloquy.api.source;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a source. Each command repeated has no second effect. */
public sealed interface SourceCommand {

  /** The source it is about. */
  String sourceId();

  /** Takes a file in, to be imported. */
  record RegisterSource(
      @TargetAggregateIdentifier String sourceId,
      String name,
      String filename,
      SourceKind kind,
      long bytes,
      String sha256,
      SourceAccess access,
      Actor actor)
      implements SourceCommand {}

  /** Says the file can be asked about from now on. */
  record CompleteImport(@TargetAggregateIdentifier String sourceId, ImportedContent content)
      implements SourceCommand {}

  /** Says the file cannot be imported; nothing of it is kept. */
  record FailImport(@TargetAggregateIdentifier String sourceId, ErrorCode code, String message)
      implements SourceCommand {}

  /** Changes the catalogue entry; absent parts stay as they are. */
  record EditSource(
      @TargetAggregateIdentifier String sourceId,
      @Nullable String name,
      @Nullable SourceAccess access,
      @Nullable List<SourceTable> tables,
      Actor actor)
      implements SourceCommand {}

  /** Takes a source out, with all that was imported from it. */
  record RemoveSource(@TargetAggregateIdentifier String sourceId, Actor actor)
      implements SourceCommand {}
}
