package io.colloquy.command.conversation;

/** How far a turn has got: which of its steps the log already holds. */
record TurnInProgress(boolean planned, int answerLength, int widgets, boolean cited) {

  static final TurnInProgress SUBMITTED = new TurnInProgress(false, 0, 0, false);

  TurnInProgress withPlan() {
    return new TurnInProgress(true, answerLength, widgets, cited);
  }

  TurnInProgress withAnswerLength(int length) {
    return new TurnInProgress(planned, length, widgets, cited);
  }

  TurnInProgress withWidget() {
    return new TurnInProgress(planned, answerLength, widgets + 1, cited);
  }

  TurnInProgress withCitations() {
    return new TurnInProgress(planned, answerLength, widgets, true);
  }
}
