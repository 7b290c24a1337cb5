package io.colloquy.app.replay;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.audit.AuditEvent.TurnRerun;
import io.colloquy.api.conversation.ReplayQuery.FindReasons;
import io.colloquy.api.conversation.ReplayQuery.FindStateAt;
import io.colloquy.api.conversation.ReplayQuery.FindTimeline;
import io.colloquy.api.conversation.ReplayQuery.Reasons;
import io.colloquy.api.conversation.ReplayQuery.StateAt;
import io.colloquy.api.conversation.ReplayQuery.Timeline;
import io.colloquy.app.access.ActorEvents;
import io.colloquy.app.access.Caller;
import io.colloquy.command.conversation.Forks;
import io.colloquy.command.turn.WhatIf;
import io.colloquy.query.conversation.Participants;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The past of conversations, for those who may read them: their owners, and auditors. */
@RestController
@RequestMapping("/api/conversations/{conversationId}")
class ReplayController {

  private static final int LONGEST_MODEL = 100;

  private final Participants participants;
  private final QueryGateway queries;
  private final Forks forks;
  private final WhatIf whatIf;
  private final ActorEvents events;

  ReplayController(
      Participants participants,
      QueryGateway queries,
      Forks forks,
      WhatIf whatIf,
      ActorEvents events) {
    this.participants = participants;
    this.queries = queries;
    this.forks = forks;
    this.whatIf = whatIf;
    this.events = events;
  }

  /** The conversation as it was after an event, or at an instant; as it is when none is given. */
  @GetMapping("/replay")
  StateAt state(
      @PathVariable String conversationId,
      @RequestParam(required = false) @Nullable String at,
      @Caller Actor caller) {
    participants.checkMayRead(caller, conversationId);
    boolean isSeq = at != null && at.matches("\\d{1,18}");
    StateAt state =
        queries
            .query(
                new FindStateAt(
                    conversationId,
                    isSeq ? Long.valueOf(at) : null,
                    isSeq || at == null || at.isBlank() ? null : instant(at)),
                StateAt.class)
            .join();
    if (state == null) {
      throw new Refusal(
          ErrorCode.CONVERSATION_NOT_FOUND, "There was no such conversation at that time.");
    }
    return state;
  }

  private static String instant(String at) {
    try {
      return Instant.parse(at).toString();
    } catch (DateTimeParseException neither) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"at\" must be a sequence number or an instant like 2026-11-24T10:30:00Z.");
    }
  }

  /** All that happened, step by step, with the frames as the client saw them. */
  @GetMapping("/timeline")
  Timeline timeline(@PathVariable String conversationId, @Caller Actor caller) {
    participants.checkMayRead(caller, conversationId);
    return queries.query(new FindTimeline(conversationId), Timeline.class).join();
  }

  /** Why a turn was answered as it was. */
  @GetMapping("/turns/{turnId}/why")
  Reasons why(
      @PathVariable String conversationId, @PathVariable String turnId, @Caller Actor caller) {
    participants.checkMayRead(caller, conversationId);
    Reasons reasons = queries.query(new FindReasons(conversationId, turnId), Reasons.class).join();
    if (reasons == null) {
      throw new Refusal(ErrorCode.TURN_NOT_FOUND, "There is no such turn.");
    }
    return reasons;
  }

  record ForkRequest(@Nullable Long atSeq, @Nullable String title) {}

  record Forked(String conversationId) {}

  /** Begins a conversation of one's own with the past of this one. */
  @PostMapping("/fork")
  @ResponseStatus(HttpStatus.CREATED)
  Forked fork(
      @PathVariable String conversationId,
      @RequestBody(required = false) @Nullable ForkRequest request,
      @Caller Actor caller) {
    participants.checkMayRead(caller, conversationId);
    ForkRequest asked = Objects.requireNonNullElse(request, new ForkRequest(null, null));
    if (asked.atSeq() != null && asked.atSeq() < 0) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"at_seq\" must not be negative.");
    }
    return new Forked(forks.fork(conversationId, asked.atSeq(), asked.title(), caller));
  }

  record WhatIfRequest(@Nullable String planner, @Nullable String model) {}

  /**
   * A turn as it was answered, and as it would be now.
   *
   * @param different what differs: {@code plan}, {@code query}, {@code text}, {@code rows}, {@code
   *     widgets}
   */
  record Compared(Reasons original, WhatIf.Rerun rerun, List<String> different) {}

  /** Answers a turn once more by another planner or model, beside the conversation. */
  @PostMapping("/turns/{turnId}/what-if")
  Compared whatIf(
      @PathVariable String conversationId,
      @PathVariable String turnId,
      @RequestBody(required = false) @Nullable WhatIfRequest request,
      @Caller Actor caller) {
    Reasons original = why(conversationId, turnId, caller);
    WhatIfRequest asked = Objects.requireNonNullElse(request, new WhatIfRequest(null, null));
    String planner = Objects.requireNonNullElse(asked.planner(), WhatIf.EMBEDDED);
    String model = asked.model() == null || asked.model().isBlank() ? null : asked.model();
    if (model != null && model.length() > LONGEST_MODEL) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"model\" is too long.");
    }
    WhatIf.Rerun rerun = whatIf.run(conversationId, turnId, planner, model, caller);
    events.publish(
        new TurnRerun(conversationId, turnId, Objects.requireNonNullElse(rerun.planner(), planner)),
        caller);
    return new Compared(original, rerun, Differences.between(original, rerun));
  }

  record Planners(List<String> planners, @Nullable String model) {}

  /** Who can be asked in {@code what-if}. */
  @GetMapping("/planners")
  Planners planners(@PathVariable String conversationId, @Caller Actor caller) {
    participants.checkMayRead(caller, conversationId);
    String model = whatIf.modelName();
    return new Planners(
        model == null ? List.of(WhatIf.EMBEDDED) : List.of(WhatIf.EMBEDDED, WhatIf.MODEL), model);
  }
}
