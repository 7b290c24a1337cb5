package io.colloquy.command.turn;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand;
import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.AttachCitations;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.RecordIntent;
import io.colloquy.api.conversation.ConversationCommand.RecordTurnDetail;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.command.model.ModelPlanner;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers a turn of the past once more, by another planner or model, to compare. The steps are
 * taken exactly as they were then, but into nothing: no event, no widget that acts. What came
 * before the turn is as it was; the data is that of today.
 */
@Component
public class WhatIf {

  /** The planner that needs no model. */
  public static final String EMBEDDED = "embedded";

  /** The model that is set. */
  public static final String MODEL = "model";

  private final EventStore log;
  private final Planning planning;
  private final TurnAnswerer answerer;

  WhatIf(EventStore log, Planning planning, TurnAnswerer answerer) {
    this.log = log;
    this.planning = planning;
    this.answerer = answerer;
  }

  /**
   * An answer that nobody was given.
   *
   * @param planner who planned it
   * @param reads what was read for it
   * @param widgets its widgets, without actions: they were not issued
   * @param notes a model that could not be used, and why
   * @param failure why there is no whole answer
   */
  public record Rerun(
      @Nullable String planner,
      @Nullable TurnPlan plan,
      String answer,
      List<Read> reads,
      List<WidgetDescriptor> widgets,
      List<Citation> citations,
      List<String> notes,
      @Nullable TokenUsage tokens,
      @Nullable Timings timings,
      @Nullable String failure) {}

  /** Data that was read. */
  public record Read(DataQuery query, String sql, long rowCount, String resultDigest) {}

  /** The name of the model that is set; null when none is. */
  public @Nullable String modelName() {
    ModelPlanner usual = planning.usual();
    return usual == null ? null : usual.name();
  }

  /**
   * Answers a turn again.
   *
   * @param planner {@link #EMBEDDED} or {@link #MODEL}
   * @param otherModel another model of the same provider; absent for the one that is set
   * @param caller who wants to know; somebody who asked themselves sees no more than they may now
   * @throws Refusal when there is no such turn, or no such planner
   */
  public Rerun run(
      String conversationId,
      String turnId,
      String planner,
      @Nullable String otherModel,
      Actor caller) {
    TurnSoFar asked =
        TurnSoFar.asSubmitted(log, conversationId, turnId)
            .orElseThrow(() -> new Refusal(ErrorCode.TURN_NOT_FOUND, "There is no such turn."));
    boolean own = asked.actor().userId().equals(caller.userId());
    TurnSoFar turn = own ? asked.as(asked.actor().narrowedTo(caller.permissions())) : asked;
    ModelPlanner by = by(planner, otherModel);
    Collected collected = new Collected();
    String failure = null;
    try {
      answerer.answer(turn, by, collected);
    } catch (Refusal refusal) {
      failure = refusal.sentence();
    }
    return collected.rerun(failure);
  }

  private @Nullable ModelPlanner by(String planner, @Nullable String otherModel) {
    if (planner.equals(EMBEDDED)) {
      return null;
    }
    if (!planner.equals(MODEL)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "\"planner\" must be \"embedded\" or \"model\".");
    }
    ModelPlanner usual = planning.usual();
    if (usual == null) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "No model is set here; only \"embedded\" can be asked.");
    }
    return otherModel == null ? usual : usual.with(otherModel);
  }

  /** Takes the steps and keeps them. */
  private static final class Collected implements Steps {

    private @Nullable RecordIntent intent;
    private @Nullable CompleteTurn completed;
    private final StringBuilder answer = new StringBuilder();
    private final List<Read> reads = new ArrayList<>();
    private final List<WidgetDescriptor> widgets = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void take(ConversationCommand step) {
      switch (step) {
        case RecordIntent plan -> intent = plan;
        case AppendAnswer text -> answer.append(text.delta());
        case RecordDataQuery read ->
            reads.add(new Read(read.query(), read.sql(), read.rowCount(), read.resultDigest()));
        case IssueWidget widget -> widgets.add(widget.descriptor().withActions(List.of()));
        case AttachCitations cited -> citations.addAll(cited.citations());
        case CompleteTurn end -> completed = end;
        case RecordTurnDetail detail when detail.detail() instanceof ModelFailed failed ->
            notes.add(failed.sentence());
        default -> {
          // No part of what would have been seen.
        }
      }
    }

    Rerun rerun(@Nullable String failure) {
      return new Rerun(
          intent == null ? null : intent.planner(),
          intent == null ? null : intent.plan(),
          answer.toString(),
          reads,
          widgets,
          citations,
          notes,
          completed == null ? null : completed.tokens(),
          completed == null ? null : completed.timings(),
          failure);
    }
  }
}
