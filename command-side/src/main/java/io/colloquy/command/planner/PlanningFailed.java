package io.colloquy.command.planner;

/** A planner could not plan; the reason is for the log, not for the person who asked. */
public final class PlanningFailed extends RuntimeException {

  /** A failure with its reason. */
  public PlanningFailed(String reason) {
    super(reason, null, false, false);
  }

  /** What went wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
