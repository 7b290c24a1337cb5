package io.colloquy.app.operation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.audit.AuditEvent.DeadLetterRetried;
import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import io.colloquy.app.access.ActorEvents;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import io.colloquy.query.rebuild.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Events that a projection could not take in, with those that wait behind them. */
@RestController
@RequestMapping("/api/operations/dead-letters")
class DeadLetterController {

  private static final int MOST = 200;
  private static final int LONGEST_REASON = 500;

  private final DeadLetters waiting;
  private final ActorEvents events;

  DeadLetterController(DeadLetters waiting, ActorEvents events) {
    this.waiting = waiting;
    this.events = events;
  }

  /**
   * An event that waits.
   *
   * @param group the processing group it waits for
   * @param sequence the conversation or other aggregate it belongs to; what follows waits behind it
   * @param cause why it was put aside; absent when it only waits behind another
   */
  record Letter(
      String group,
      String sequence,
      String eventId,
      @Nullable Long seq,
      String type,
      String at,
      String enqueuedAt,
      String lastTouched,
      @Nullable String cause,
      JsonNode payload) {}

  record Letters(List<Letter> deadLetters) {}

  @GetMapping
  Letters list(@Caller Actor caller) {
    Allowed.inspect(caller);
    List<Letter> letters = new ArrayList<>();
    waiting.forEach(
        (group, letter) -> {
          if (letters.size() < MOST) {
            letters.add(letter(group, letter));
          }
        });
    return new Letters(letters);
  }

  private static Letter letter(String group, DeadLetter<? extends EventMessage<?>> letter) {
    EventMessage<?> event = letter.message();
    return new Letter(
        group,
        DeadLetters.sequenceOf(event),
        event.getIdentifier(),
        event instanceof DomainEventMessage<?> message ? message.getSequenceNumber() : null,
        EventTypes.nameOf(event.getPayloadType()),
        event.getTimestamp().toString(),
        letter.enqueuedAt().toString(),
        letter.lastTouched().toString(),
        letter.cause().map(cause -> reason(cause.message())).orElse(null),
        Json.MAPPER.valueToTree(event.getPayload()));
  }

  private static String reason(@Nullable String message) {
    String reason = message == null ? "It failed without saying why." : message;
    return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + " …" : reason;
  }

  /** What came of giving events to their projection again. */
  record Retried(boolean solved, List<Letter> deadLetters) {}

  /** Gives a sequence's events to its projection again, in order, until one fails. */
  @PostMapping("/{group}/retry")
  Retried retry(@PathVariable String group, @RequestParam String sequence, @Caller Actor caller) {
    Allowed.operate(caller);
    boolean solved = waiting.retry(group, sequence);
    events.publish(new DeadLetterRetried(group, sequence, solved), caller);
    return new Retried(solved, list(caller).deadLetters());
  }
}
