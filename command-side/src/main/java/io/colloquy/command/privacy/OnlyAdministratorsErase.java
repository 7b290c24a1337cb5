package io.colloquy.command.privacy;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;

/** A person's content is erased by that person, or by an administrator on their behalf. */
final class OnlyAdministratorsErase {

  private OnlyAdministratorsErase() {}

  static void check(String subjectId, Actor actor) {
    if (!actor.userId().equals(subjectId) && !actor.holds(Permissions.ADMIN)) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED, "Only administrators erase what somebody else wrote.");
    }
  }
}
