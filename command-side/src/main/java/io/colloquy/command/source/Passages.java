package io.colloquy.command.source;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.source.SourceView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Searches the documents an actor may read, by PostgreSQL's full-text search. */
@Component
public class Passages {

  /** At least this share of the question's words must stand in a passage for it to answer. */
  private static final double ENOUGH = 0.5;

  private static final int MOST = 3;

  private static final String SEARCH =
      """
      with asked as (
        select to_tsquery('english', string_agg(quote_literal(word), ' | ')) as query, array_agg(word) as words
        from unnest(tsvector_to_array(to_tsvector('english', :question))) as word
      )
      select source_id, number, page, heading, content,
             cardinality(array(select unnest(words) intersect select unnest(tsvector_to_array(search))))::numeric
               / cardinality(words) as found,
             ts_headline('english', content, query,
                         'MaxFragments=2, MaxWords=40, MinWords=15, FragmentDelimiter=" … ", StartSel="", StopSel=""')
               as snippet
      from source.passage, asked
      where source_id = any (:sources) and search @@ query
      order by found desc, ts_rank_cd(search, query, 1) desc, source_id, number
      limit :most
      """;

  private final SourceCatalogue sources;
  private final JdbcClient jdbc;

  Passages(SourceCatalogue sources, JdbcClient jdbc) {
    this.sources = sources;
    this.jdbc = jdbc;
  }

  /**
   * A passage that was found.
   *
   * @param found the share of the question's words that stand in it, 0 to 1
   */
  public record Found(
      SourceView source,
      int number,
      @Nullable Integer page,
      @Nullable String heading,
      String content,
      double found,
      String snippet) {

    /** As the log names it. */
    public PassagesRead.Passage logged() {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return new PassagesRead.Passage(
            source.sourceId(), source.name(), number, page, HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A passage's text, for whoever may read its document. */
  public Text read(String sourceId, int number, Actor actor) {
    SourceView source =
        sources.refresh().stream()
            .filter(one -> one.sourceId().equals(sourceId))
            .filter(one -> one.mayBeReadBy(actor))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "The document is gone, or you may not read it."));
    return jdbc.sql(
            "select page, heading, content from source.passage where source_id = ? and number = ?")
        .params(sourceId, number)
        .query(
            (row, index) ->
                new Text(
                    source.name(),
                    source.filename(),
                    row.getObject(1, Integer.class),
                    row.getString(2),
                    row.getString(3)))
        .optional()
        .orElseThrow(
            () -> new Refusal(ErrorCode.SOURCE_NOT_FOUND, "There is no such passage any more."));
  }

  /** A passage as it stands in its document. */
  public record Text(
      String sourceName,
      String filename,
      @Nullable Integer page,
      @Nullable String heading,
      String content) {}

  /** The passages that answer a question best; empty when none does. */
  public List<Found> search(String question, Actor actor, SharedState state) {
    Map<String, SourceView> readable =
        sources.refresh().stream()
            .filter(source -> !source.kind().isTable())
            .filter(source -> source.mayBeReadBy(actor))
            .filter(source -> state.reads(source.sourceId(), source.name()))
            .collect(Collectors.toMap(SourceView::sourceId, Function.identity()));
    if (readable.isEmpty()) {
      return List.of();
    }
    return jdbc
        .sql(SEARCH)
        .param("question", question)
        .param("sources", readable.keySet().toArray(String[]::new))
        .param("most", MOST)
        .query(
            (row, number) ->
                new Found(
                    Objects.requireNonNull(readable.get(row.getString("source_id"))),
                    row.getInt("number"),
                    row.getObject("page", Integer.class),
                    row.getString("heading"),
                    row.getString("content"),
                    Math.round(100 * row.getDouble("found")) / 100.0,
                    row.getString("snippet")))
        .list()
        .stream()
        .filter(passage -> passage.found() >= ENOUGH)
        .toList();
  }
}
