package io.colloquy.query.stream;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.InvocationDecision;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a request wait for the outcome of the action it invoked, whichever node carries the action
 * out.
 */
@Component
public class ActionOutcomes implements LiveLog.Listener {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private record Key(String conversationId, String invocationId) {}

  private final EventStore log;
  private final ConcurrentHashMap<Key, CompletableFuture<ObjectNode>> waiting =
      new ConcurrentHashMap<>();

  /** Outcomes as the given log holds them. */
  public ActionOutcomes(EventStore log) {
    this.log = log;
  }

  /**
   * Invokes an action and waits for what it brings.
   *
   * @param invoke sends the invocation and tells what was decided
   * @return the action's result, with the invocation it answers
   * @throws Refusal when the action was refused or failed, or has not ended within 30 seconds
   */
  public ObjectNode await(
      String conversationId, String invocationId, Supplier<InvocationDecision> invoke) {
    Key key = new Key(conversationId, invocationId);
    CompletableFuture<ObjectNode> outcome =
        waiting.computeIfAbsent(key, ignored -> new CompletableFuture<>());
    try {
      switch (invoke.get()) {
        case InvocationDecision.Denied denied -> throw Refusal.of(denied);
        case InvocationDecision.Accepted accepted when accepted.repeated() -> findInLog(key);
        case InvocationDecision.Accepted ignored -> {
          // Its outcome is yet to come.
        }
      }
      return outcome.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException(failure);
    } catch (TimeoutException late) {
      throw new Refusal(
          ErrorCode.TIMEOUT,
          "The action is still running. Send the same invocation_id again for its result.");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      waiting.remove(key, outcome);
    }
  }

  private void findInLog(Key key) {
    log.readEvents(key.conversationId(), 0).asStream().forEach(this::on);
  }

  @Override
  public void on(DomainEventMessage<?> event) {
    switch (event.getPayload()) {
      case ActionCompleted action -> {
        var outcome = waiting.get(new Key(action.conversationId(), action.invocationId()));
        if (outcome != null) {
          outcome.complete(FrameMapping.result(action));
        }
      }
      case ActionFailed action -> {
        var outcome = waiting.get(new Key(action.conversationId(), action.invocationId()));
        if (outcome != null) {
          outcome.completeExceptionally(new Refusal(action.code(), action.message()));
        }
      }
      default -> {
        // No outcome of an action.
      }
    }
  }
}
