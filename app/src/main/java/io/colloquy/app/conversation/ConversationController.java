package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.ListConversations;
import io.colloquy.api.conversation.ConversationQuery.Summaries;
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

  /** One's own conversations; an auditor sees everyone's. */
  @GetMapping
  Summaries list(@Caller Actor actor) {
    String owner = actor.holds(Permissions.AUDITOR) ? null : actor.userId();
    return queries.query(new ListConversations(owner), Summaries.class).join();
  }

  @GetMapping("/{conversationId}")
  Details find(@PathVariable String conversationId, @Caller Actor actor) {
    participants.checkMayRead(actor, conversationId);
    Details details = queries.query(new FindConversation(conversationId), Details.class).join();
    if (details == null) {
      throw new Refusal(ErrorCode.CONVERSATION_NOT_FOUND, "There is no such conversation.");
    }
    return details;
  }

  /** The frames as they were sent, byte for byte. */
  @GetMapping(path = "/{conversationId}/frames", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] frames(
      @PathVariable String conversationId,
      @RequestParam(defaultValue = "-1") long after,
      @Caller Actor actor) {
    participants.checkMayRead(actor, conversationId);
    List<EncodedFrame> frames = stream.read(conversationId, Math.max(after, -1), MOST_EVENTS);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"frames\":[".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(frames.get(i).json());
    }
    body.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
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
