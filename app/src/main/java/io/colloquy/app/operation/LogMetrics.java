package io.colloquy.app.operation;

import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.json.EventTypes;
import io.colloquy.api.turn.Timings;
import io.colloquy.query.stream.LiveLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.stereotype.Component;

/** Counts what the log says happened, so that figures and log cannot differ. */
@Component
class LogMetrics implements LiveLog.Listener {

  private static final String TURNS = "colloquy.turns";
  private static final String ACTIONS = "colloquy.actions";

  private final MeterRegistry meters;

  LogMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void on(DomainEventMessage<?> event) {
    meters
        .counter("colloquy.events", "type", EventTypes.nameOf(event.getPayloadType()))
        .increment();
    switch (event.getPayload()) {
      case TurnCompleted turn -> {
        meters.counter(TURNS, "outcome", "completed", "code", "none").increment();
        stages(turn.timings(), turn.planner());
      }
      case TurnFailed turn ->
          meters.counter(TURNS, "outcome", "failed", "code", turn.code().code()).increment();
      case TurnCancelled ignored ->
          meters.counter(TURNS, "outcome", "cancelled", "code", "none").increment();
      case ActionAuthorized action ->
          action("authorized", action.action().type().name().toLowerCase(Locale.ROOT));
      case ActionCompleted ignored -> action("completed", "none");
      case ActionFailed action -> action("failed", action.code().code());
      case ActionDenied action -> action("denied", action.reason().code());
      default -> {
        // Counted by its type alone.
      }
    }
  }

  private void action(String outcome, String detail) {
    meters.counter(ACTIONS, "outcome", outcome, "detail", detail).increment();
  }

  private void stages(Timings timings, String planner) {
    stage("plan", timings.planMs(), planner);
    stage("data", timings.dataMs(), planner);
    stage("total", timings.totalMs(), planner);
  }

  private void stage(String stage, long millis, String planner) {
    Timer.builder("colloquy.turn.stage")
        .tags("stage", stage, "planner", planner.replaceFirst(":.*", ""))
        .publishPercentileHistogram()
        .register(meters)
        .record(Duration.ofMillis(millis));
  }
}
