package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.OpenCitation;
import io.colloquy.api.conversation.ConversationEvent.CitationsAttached;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.turn.Citation;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReaders;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.source.Passages;
import io.colloquy.command.source.SourceCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is behind a citation: the very rows its figures were made from, or the passage it quotes; as
 * far as whoever looks may read it now. That they looked is in the log before they see it.
 */
@Component
public class CitedContent {

  private static final int ROWS_PER_PAGE = 100;
  private static final int LAST_PAGE = 100_000;

  private final EventStore log;
  private final Catalogue catalogue;
  private final DataReaders readers;
  private final Passages passages;
  private final SourceCatalogue sources;
  private final Commands commands;

  CitedContent(
      EventStore log,
      Catalogue catalogue,
      DataReaders readers,
      Passages passages,
      SourceCatalogue sources,
      Commands commands) {
    this.log = log;
    this.catalogue = catalogue;
    this.readers = readers;
    this.passages = passages;
    this.sources = sources;
    this.commands = commands;
  }

  /** What is behind a citation. */
  public sealed interface Content {

    /**
     * Rows.
     *
     * @param columns their labels by name, in order
     * @param page which part of them, from 1
     */
    record Rows(
        String type,
        String sourceName,
        @Nullable String location,
        Map<String, String> columns,
        int page,
        int pageSize,
        long totalRows,
        List<Map<String, Object>> rows)
        implements Content {}

    /** A passage with its place. */
    record Passage(
        String type,
        String sourceName,
        String filename,
        @Nullable Integer page,
        @Nullable String heading,
        String snippet,
        String content)
        implements Content {}
  }

  /**
   * Opens a citation.
   *
   * @param number its place in the turn's list, from 0
   * @param page which part of its rows, from 1
   * @throws Refusal when there is none, or the actor may not read it
   */
  public Content open(String conversationId, String turnId, int number, int page, Actor actor) {
    if (page < 1 || page > LAST_PAGE) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "\"page\" must be a whole number from 1 on.");
    }
    sources.refresh();
    commands.send(new OpenCitation(conversationId, turnId, number, page, actor), actor);
    Turn turn = turn(conversationId, turnId);
    if (number < 0 || number >= turn.citations().size()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no such citation.");
    }
    Citation citation = turn.citations().get(number);
    if (number < turn.passages().size()) {
      PassagesRead.Passage read = turn.passages().get(number);
      Passages.Text text = passages.read(read.sourceId(), read.number(), actor);
      return new Content.Passage(
          "passage",
          text.sourceName(),
          text.filename(),
          text.page(),
          text.heading(),
          citation.snippet(),
          text.content());
    }
    return rows(turn, citation, page, actor);
  }

  private Content rows(Turn turn, Citation citation, int page, Actor actor) {
    for (DataQueried queried : turn.queries()) {
      Dataset dataset = catalogue.dataset(queried.query().dataset());
      if (dataset.source().id().equals(citation.sourceId())) {
        QueryResult result =
            readers
                .of(actor)
                .rowsBehind(queried.query(), (page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE);
        return new Content.Rows(
            "rows",
            citation.sourceName(),
            citation.location(),
            dataset.columnLabels(),
            page,
            ROWS_PER_PAGE,
            result.totalRows(),
            result.rows());
      }
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing behind this citation.");
  }

  private record Turn(
      List<Citation> citations, List<PassagesRead.Passage> passages, List<DataQueried> queries) {}

  private Turn turn(String conversationId, String turnId) {
    Turn turn = new Turn(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    log.readEvents(conversationId, 0)
        .asStream()
        .forEach(
            message -> {
              switch (message.getPayload()) {
                case CitationsAttached event when event.turnId().equals(turnId) ->
                    turn.citations().addAll(event.citations());
                case PassagesRead event when event.turnId().equals(turnId) ->
                    turn.passages().addAll(event.passages());
                case DataQueried event
                    when event.turnId().equals(turnId) && event.invocationId() == null ->
                    turn.queries().add(event);
                default -> {
                  // Another turn's, or of no interest here.
                }
              }
            });
    return turn;
  }
}
