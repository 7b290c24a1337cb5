package io.colloquy.app.access;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;

/** What only some may ask for. */
public final class Allowed {

  private Allowed() {}

  /**
   * Lets auditors pass.
   *
   * @throws Refusal for others
   */
  public static void audit(Actor actor) {
    if (!actor.holds(Permissions.AUDITOR)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "Only auditors read the audit log.");
    }
  }

  /**
   * Lets administrators pass.
   *
   * @throws Refusal for others
   */
  public static void operate(Actor actor) {
    if (!actor.holds(Permissions.ADMIN)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "Only administrators may do this.");
    }
  }

  /**
   * Lets administrators and auditors pass, to look.
   *
   * @throws Refusal for others
   */
  public static void inspect(Actor actor) {
    if (!actor.holds(Permissions.ADMIN) && !actor.holds(Permissions.AUDITOR)) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED, "Only administrators and auditors may look at this.");
    }
  }
}
