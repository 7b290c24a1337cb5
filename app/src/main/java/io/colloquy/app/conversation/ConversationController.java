package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.FindTurns;
import io.colloquy.api.conversation.ConversationQuery.ListConversations;
import io.colloquy.api.conversation.ConversationQuery.Summaries;
import io.colloquy.api.conversation.ConversationQuery.Summary;
import io.colloquy.api.conversation.ConversationQuery.Turns;
import io.colloquy.app.access.Caller;
import io.colloquy.command.turn.CitedContent;
import io.colloquy.query.conversation.Participants;
import io.colloquy.query.stream.ConversationStream;
import io.colloquy.query.stream.EncodedFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Conversations: open, list, read, ask, close. */
@RestController
@RequestMapping("/api/conversations")
class ConversationController {

  private static final int MOST_EVENTS = 1000;
  private static final int MOST_LISTED = 200;

  private final Conversations conversations;
  private final Participants participants;
  private final ConversationStream stream;
  private final QueryGateway queries;
  private final CitedContent cited;

  ConversationController(
      Conversations conversations,
      Participants participants,
      ConversationStream stream,
      QueryGateway queries,
      CitedContent cited) {
    this.conversations = conversations;
    this.participants = participants;
    this.stream = stream;
    this.queries = queries;
    this.cited = cited;
  }

  record OpenRequest(@Nullable String title) {}

  record Opened(String conversationId) {}

  record TurnAccepted(String conversationId, String turnId) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Opened open(@RequestBody(required = false) @Nullable OpenRequest request, @Caller Actor actor) {
    return new Opened(conversations.open(request == null ? null : request.title(), actor));
  }

  record Listed(List<Summary> conversations, @Nullable String nextCursor) {}

  /**
   * One's own conversations, the last used first; an auditor sees everyone's.
   *
   * @param q only those with all these words, or their beginnings, in title, questions or answers
   * @param cursor the {@code next_cursor} of the page before
   */
  @GetMapping
  Listed list(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit,
      @Caller Actor actor) {
    String owner = actor.holds(Permissions.AUDITOR) ? null : actor.userId();
    String words = q == null || q.isBlank() ? null : q;
    Summaries found =
        queries
            .query(
                new ListConversations(
                    owner, words, ListCursor.read(cursor), Math.clamp(limit, 1, MOST_LISTED)),
                Summaries.class)
            .join();
    return new Listed(found.conversations(), ListCursor.write(found.next()));
  }

  /**
   * A conversation as it stands.
   *
   * @param last only so many of its last turns; all when absent
   */
  @GetMapping("/{conversationId}")
  Details find(
      @PathVariable String conversationId,
      @RequestParam(required = false) @Nullable Integer last,
      @Caller Actor actor) {
    participants.checkMayRead(actor, conversationId);
    int turns = last == null ? Integer.MAX_VALUE : Math.clamp(last, 0, MOST_LISTED);
    Details details =
        queries.query(new FindConversation(conversationId, turns), Details.class).join();
    if (details == null) {
      throw new Refusal(ErrorCode.CONVERSATION_NOT_FOUND, "There is no such conversation.");
    }
    return details;
  }

  record NewTitle(@Nullable String title) {}

  @PatchMapping("/{conversationId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rename(
      @PathVariable String conversationId, @RequestBody NewTitle request, @Caller Actor actor) {
    conversations.rename(conversationId, request.title(), actor);
  }

  /** The turns before a place, the nearest ones. */
  @GetMapping("/{conversationId}/turns")
  Turns turns(
      @PathVariable String conversationId,
      @RequestParam long before,
      @RequestParam(defaultValue = "30") int limit,
      @Caller Actor actor) {
    participants.checkMayRead(actor, conversationId);
    return queries
        .query(
            new FindTurns(conversationId, before, Math.clamp(limit, 1, MOST_LISTED)), Turns.class)
        .join();
  }

  /**
   * The frames as they were sent, byte for byte: those after a place, and before another where one
   * is given. {@code next}, where it is there, is the place to go on after.
   */
  @GetMapping(path = "/{conversationId}/frames", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] frames(
      @PathVariable String conversationId,
      @RequestParam(defaultValue = "-1") long after,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @Caller Actor actor) {
    participants.checkMayRead(actor, conversationId);
    long from = Math.max(after, -1);
    // No wider than the window, so that one page is one reading of the log.
    int events = (int) Math.clamp(before - from - 1, 0, MOST_EVENTS);
    List<EncodedFrame> frames = events == 0 ? List.of() : stream.read(conversationId, from, events);
    long next = from + events;
    boolean more = next < before - 1 && next < stream.lastSeq(conversationId);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"frames\":[".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(frames.get(i).json());
    }
    String end = more ? "],\"next\":" + next + "}" : "]}";
    body.writeBytes(end.getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  @PostMapping("/{conversationId}/turns")
  @ResponseStatus(HttpStatus.ACCEPTED)
  TurnAccepted submit(
      @PathVariable String conversationId,
      @RequestBody Conversations.TurnRequest request,
      @Caller Actor actor) {
    return new TurnAccepted(conversationId, conversations.submit(conversationId, request, actor));
  }

  /** The rows or the passage behind a citation. */
  @GetMapping("/{conversationId}/turns/{turnId}/citations/{number}")
  CitedContent.Content citation(
      @PathVariable String conversationId,
      @PathVariable String turnId,
      @PathVariable int number,
      @RequestParam(defaultValue = "1") int page,
      @Caller Actor actor) {
    return cited.open(conversationId, turnId, number, page, actor);
  }

  @DeleteMapping("/{conversationId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void close(@PathVariable String conversationId, @Caller Actor actor) {
    conversations.close(conversationId, actor);
  }
}
