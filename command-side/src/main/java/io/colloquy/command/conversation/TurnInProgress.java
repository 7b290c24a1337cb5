package io.colloquy.command.conversation;

/** How far a turn has got: which of its steps the log already holds. */
record TurnInProgress(
    boolean planned, int answerLength, boolean dataRead, int widgets, boolean cited) {

  static final TurnInProgress SUBMITTED = new TurnInProgress(false, 0, false, 0, false);

  TurnInProgress withPlan() {
    return new TurnInProgress(true, answerLength, dataRead, widgets, cited);
  }

  TurnInProgress withAnswerLength(int length) {
    return new TurnInProgress(planned, length, dataRead, widgets, cited);
  }

  TurnInProgress withData() {
    return new TurnInProgress(planned, answerLength, true, widgets, cited);
  }

  TurnInProgress withWidget() {
    return new TurnInProgress(planned, answerLength, dataRead, widgets + 1, cited);
  }

  TurnInProgress withCitations() {
    return new TurnInProgress(planned, answerLength, dataRead, widgets, true);
  }
}
