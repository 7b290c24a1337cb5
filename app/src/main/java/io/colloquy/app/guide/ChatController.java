package io.colloquy.app.guide;

import io.colloquy.api.access.Actor;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.app.access.Caller;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.conversation.Conversations.TurnRequest;
import io.colloquy.app.conversation.UserContext;
import io.colloquy.query.stream.ConversationStream;
import io.colloquy.query.stream.EncodedFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** Asks and answers in one request: the turn's frames as they come, one JSON object a line. */
@RestController
class ChatController {

  private static final MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Conversations conversations;
  private final ConversationStream stream;
  private final Duration longestAnswer;

  ChatController(
      Conversations conversations,
      ConversationStream stream,
      @Value("${colloquy.turn-deadline:60s}") Duration turnDeadline) {
    this.conversations = conversations;
    this.stream = stream;
    this.longestAnswer = turnDeadline.plus(GRACE);
  }

  /**
   * A question.
   *
   * @param sessionId the conversation; absent to begin a new one
   * @param message the question, which may also be called {@code content}
   */
  record ChatRequest(
      @Nullable String sessionId,
      @Nullable String message,
      @Nullable String content,
      @Nullable String turnId,
      @Nullable TurnMetadata metadata,
      @Nullable UserContext userContext) {}

  @PostMapping("/ai/chat")
  ResponseEntity<ResponseBodyEmitter> chat(@RequestBody ChatRequest request, @Caller Actor caller) {
    Actor actor = UserContext.narrow(caller, request.userContext());
    String sessionId =
        Objects.requireNonNullElseGet(request.sessionId(), () -> UUID.randomUUID().toString());
    conversations.join(sessionId, actor);
    conversations.adopt(sessionId, request.userContext(), actor);
    // A turn sent again may have been answered long ago; a new one begins after what there is.
    long after = request.turnId() == null ? stream.lastSeq(sessionId) : -1;
    String content = request.message() == null ? request.content() : request.message();
    String turnId =
        conversations.submit(
            sessionId, new TurnRequest(request.turnId(), content, request.metadata(), null), actor);

    ResponseBodyEmitter answer = new ResponseBodyEmitter(longestAnswer.toMillis());
    Lines lines = new Lines(turnId, answer);
    ConversationStream.Subscription subscription = stream.subscribe(sessionId, after, lines);
    answer.onCompletion(subscription::close);
    return ResponseEntity.ok()
        .contentType(NDJSON)
        .header("X-Session-Id", sessionId)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .body(answer);
  }

  /** Writes the frames of one turn, to its end. */
  private static final class Lines implements ConversationStream.Sink {

    private final String turnId;
    private final ResponseBodyEmitter answer;
    private volatile boolean gone;

    Lines(String turnId, ResponseBodyEmitter answer) {
      this.turnId = turnId;
      this.answer = answer;
    }

    @Override
    public void send(EncodedFrame frame) {
      if (gone || !turnId.equals(frame.turnId())) {
        return;
      }
      try {
        answer.send(line(frame.json()));
        if (frame.endsTurn()) {
          answer.complete();
        }
      } catch (IOException | IllegalStateException clientLeft) {
        answer.completeWithError(clientLeft);
        gone = true;
      }
    }

    private static byte[] line(byte[] json) {
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      return line;
    }

    @Override
    public void close() {
      gone = true;
    }
  }
}
