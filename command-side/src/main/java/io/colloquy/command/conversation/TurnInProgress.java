package io.colloquy.command.conversation;

import java.util.Set;
import java.util.TreeSet;

/**
 * How far a turn has got: which of its steps the log already holds.
 *
 * @param details the keys of the details it has
 */
record TurnInProgress(
    boolean planned, int answerLength, int widgets, boolean cited, Set<String> details) {

  static final TurnInProgress SUBMITTED = new TurnInProgress(false, 0, 0, false, Set.of());

  TurnInProgress withPlan() {
    return new TurnInProgress(true, answerLength, widgets, cited, details);
  }

  TurnInProgress withAnswerLength(int length) {
    return new TurnInProgress(planned, length, widgets, cited, details);
  }

  TurnInProgress withWidget() {
    return new TurnInProgress(planned, answerLength, widgets + 1, cited, details);
  }

  TurnInProgress withCitations() {
    return new TurnInProgress(planned, answerLength, widgets, true, details);
  }

  TurnInProgress withDetail(String key) {
    Set<String> more = new TreeSet<>(details);
    more.add(key);
    return new TurnInProgress(planned, answerLength, widgets, cited, more);
  }
}
