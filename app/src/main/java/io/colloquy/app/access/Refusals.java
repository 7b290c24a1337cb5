package io.colloquy.app.access;

import io.colloquy.api.access.AccessEvent.AccessRefused;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/** Writes refusals that no aggregate has seen into the log. */
@Component
public class Refusals {

  private static final int MOST_REMEMBERED = 10_000;

  private final ConcurrentLruCache<String, Bucket> tooOften =
      new ConcurrentLruCache<>(
          MOST_REMEMBERED,
          user ->
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(1).refillGreedy(1, Duration.ofMinutes(1)))
                  .build());

  private final ActorEvents events;

  Refusals(ActorEvents events) {
    this.events = events;
  }

  /**
   * Notes that somebody asked for what they may not have; other errors are no refusals and are not
   * noted.
   */
  public void note(Actor actor, ErrorCode code, String resource, @Nullable String conversationId) {
    switch (code) {
      case NOT_A_PARTICIPANT, READ_ONLY, NOT_PERMITTED, INVALID_CREDENTIALS, LINK_INVALID ->
          events.publish(new AccessRefused(code, resource, conversationId), actor);
      case RATE_LIMITED -> {
        // Whoever asks too often must not fill the log with it.
        if (tooOften.get(actor.userId()).tryConsume(1)) {
          events.publish(new AccessRefused(code, resource, conversationId), actor);
        }
      }
      default -> {
        // A mistake, not an attempt.
      }
    }
  }

  /** Notes an action refused because its widget was never issued anywhere. */
  public void noteUnknownWidget(
      Actor actor, String invocationId, String widgetId, String actionId, String message) {
    events.publish(
        new ActionDenied(
            null,
            null,
            invocationId,
            widgetId,
            actionId,
            ErrorCode.WIDGET_NOT_FOUND,
            message,
            List.of()),
        actor);
  }
}
