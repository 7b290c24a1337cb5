package io.colloquy.api.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.data.DataQuery;

/** What happened to an export. */
public sealed interface ExportEvent {

  /** The export it is about. */
  String exportId();

  /** A file of a query's rows was asked for by an action. */
  record ExportRequested(
      String exportId,
      String conversationId,
      String invocationId,
      String dataKey,
      DataQuery query,
      String format,
      String filename)
      implements ExportEvent {}

  /** The file is written. */
  record ExportCompleted(
      String exportId,
      String filename,
      String contentType,
      long bytes,
      String sha256,
      String location)
      implements ExportEvent {}

  /** The file could not be written. */
  record ExportFailed(String exportId, ErrorCode code, String message) implements ExportEvent {}

  /** Somebody fetched the file; who is in the metadata. */
  record ExportDownloaded(String exportId) implements ExportEvent {}
}
