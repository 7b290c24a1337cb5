package io.colloquy.command.planner;

import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.TurnPlan;
import java.time.LocalDate;

/** Understands a question: what it wants, which data it needs, how the answer is shown. */
public interface TurnPlanner {

  /** The planner's name, as the log records it. */
  String name();

  /**
   * Plans the answer to a question. Never fails on what a person may type: what is not understood
   * becomes a plan that says so.
   */
  TurnPlan plan(Question question);

  /**
   * A question.
   *
   * @param content the person's words
   * @param today the day it was asked, in UTC
   * @param state what the conversation's clients share, such as the active sources
   */
  record Question(String content, LocalDate today, SharedState state) {}
}
