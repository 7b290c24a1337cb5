package io.colloquy.api.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.data.DataQuery;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an export. Each command repeated has no second effect. */
public sealed interface ExportCommand {

  /** The export it is about. */
  String exportId();

  /** Asks for a file of a query's rows. */
  record RequestExport(
      @TargetAggregateIdentifier String exportId,
      String conversationId,
      String invocationId,
      String dataKey,
      DataQuery query,
      String format,
      String filename)
      implements ExportCommand {}

  /** Says the file is written and durable. */
  record CompleteExport(
      @TargetAggregateIdentifier String exportId,
      String filename,
      String contentType,
      long bytes,
      String sha256,
      String location)
      implements ExportCommand {}

  /** Says the file could not be written. */
  record FailExport(@TargetAggregateIdentifier String exportId, ErrorCode code, String message)
      implements ExportCommand {}

  /** Says somebody fetched the file. */
  record RecordDownload(@TargetAggregateIdentifier String exportId) implements ExportCommand {}
}
