package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.TurnPlan;
import java.time.LocalDate;
import java.util.List;

/** Understands a question: what it wants, which data it needs, how the answer is shown. */
public interface TurnPlanner {

  /** The planner's name, as the log records it. */
  String name();

  /**
   * Plans the answer to a question. What is not understood becomes a plan that says so.
   *
   * @throws PlanningFailed when the planner itself could not do its work
   */
  TurnPlan plan(Question question);

  /**
   * A question.
   *
   * @param content the person's words
   * @param today the day it was asked, in UTC
   * @param state what the conversation's clients share, such as the active sources
   * @param history the turns before it, the latest last
   * @param actor who asks, which decides what can be asked about
   */
  record Question(
      String content, LocalDate today, SharedState state, List<Earlier> history, Actor actor) {

    /** Copies the list. */
    public Question {
      history = List.copyOf(history);
    }
  }

  /**
   * A turn before the question.
   *
   * @param content what was asked
   * @param plan how it was understood
   */
  record Earlier(String content, TurnPlan plan) {}
}
