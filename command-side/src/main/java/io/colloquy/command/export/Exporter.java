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
import io.colloquy.api.json.Json;
import io.colloquy.api.widget.ChartType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.source.SourceCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the file a download action asks for. The same invocation always makes the same export. */
@Component
public class Exporter {

  private final Catalogue catalogue;
  private final DataReaders readers;
  private final SourceCatalogue sources;
  private final ExportStore files;
  private final SignedLinks links;
  private final Commands commands;

  /** An exporter of the catalogue's data. */
  public Exporter(
      Catalogue catalogue,
      DataReaders readers,
      SourceCatalogue sources,
      ExportStore files,
      SignedLinks links,
      Commands commands) {
    this.catalogue = catalogue;
    this.readers = readers;
    this.sources = sources;
    this.files = files;
    this.links = links;
    this.commands = commands;
  }

  /**
   * Writes the file, records it, and answers with a link to it.
   *
   * @param at when it was asked for
   */
  public ActionResult.Download export(ActionAuthorized action, Actor actor, Instant at) {
    sources.refresh();
    DataQuery query = action.query();
    if (query == null) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "This widget shows no data.");
    }
    String exportId =
        UUID.nameUUIDFromBytes(
                (action.conversationId() + "/" + action.invocationId())
                    .getBytes(StandardCharsets.UTF_8))
            .toString();
    Map<String, Object> params = action.action().params();
    ExportFormat format = ExportFormat.of(text(params, "format"));
    String filename = text(params, "filename");
    commands.send(
        new RequestExport(
            exportId,
            action.conversationId(),
            action.invocationId(),
            text(params, "data_key"),
            query,
            format.wireName(),
            filename),
        actor);
    try {
      ExportContent content =
          new ExportContent(
              String.valueOf(params.getOrDefault("title", filename)),
              chartType(params.get("chart_type")),
              query,
              catalogue.dataset(query.dataset()),
              at);
      ExportStore.Written file =
          files.write(exportId, out -> format.write(content, readers.of(actor), out));
      commands.send(
          new CompleteExport(
              exportId,
              filename,
              format.contentType(),
              file.bytes(),
              file.sha256(),
              file.location()),
          actor);
      return new ActionResult.Download(
          links.to(exportId, filename, actor.userId()),
          filename,
          format.contentType(),
          file.sha256(),
          file.bytes());
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

  private static String text(Map<String, Object> params, String name) {
    return String.valueOf(params.get(name));
  }

  private static @Nullable ChartType chartType(@Nullable Object name) {
    return name == null ? null : Json.MAPPER.convertValue(name, ChartType.class);
  }
}
