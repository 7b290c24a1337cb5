package io.colloquy.command.export;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.export.ExportCommand.CompleteExport;
import io.colloquy.api.export.ExportCommand.FailExport;
import io.colloquy.api.export.ExportCommand.RequestExport;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.gateway.Commands;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the file a download action asks for. The same invocation always makes the same export. */
@Component
public class Exporter {

  private static final String CSV = "text/csv";

  private final Catalogue catalogue;
  private final DataReader reader;
  private final ExportFiles files;
  private final SignedLinks links;
  private final Commands commands;

  /** An exporter of the catalogue's data. */
  public Exporter(
      Catalogue catalogue,
      DataReader reader,
      ExportFiles files,
      SignedLinks links,
      Commands commands) {
    this.catalogue = catalogue;
    this.reader = reader;
    this.files = files;
    this.links = links;
    this.commands = commands;
  }

  /** Writes the file, records it, and answers with a link to it. */
  public ActionResult.Download export(ActionAuthorized action, DataQuery query, Actor actor) {
    String exportId =
        UUID.nameUUIDFromBytes(
                (action.conversationId() + "/" + action.invocationId())
                    .getBytes(StandardCharsets.UTF_8))
            .toString();
    String filename = String.valueOf(action.action().params().get("filename"));
    String dataKey = String.valueOf(action.action().params().get("data_key"));
    commands.send(
        new RequestExport(
            exportId,
            action.conversationId(),
            action.invocationId(),
            dataKey,
            query,
            "csv",
            filename),
        actor);
    try {
      var dataset = catalogue.dataset(query.dataset());
      ExportFiles.Written file =
          files.write(exportId, out -> CsvFormat.write(query, dataset, reader, out));
      commands.send(
          new CompleteExport(exportId, filename, CSV, file.bytes(), file.sha256(), file.location()),
          actor);
      return new ActionResult.Download(
          links.to(exportId, filename, actor.userId()), filename, CSV, file.sha256(), file.bytes());
    } catch (Refusal refusal) {
      commands.send(new FailExport(exportId, refusal.code(), refusal.sentence()), actor);
      throw refusal;
    } catch (RuntimeException failure) {
      commands.send(
          new FailExport(exportId, ErrorCode.INTERNAL_ERROR, "The file could not be written."),
          actor);
      throw failure;
    }
  }
}
