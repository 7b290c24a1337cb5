package io.colloquy.command.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;

/** Auditors look and do not take part; everyone else needs the permission to converse. */
final class OnlyPeopleWhoMayConverse {

  private OnlyPeopleWhoMayConverse() {}

  static void check(Actor actor) {
    if (actor.holds(Permissions.VIEWER)) {
      return;
    }
    if (actor.holds(Permissions.AUDITOR)) {
      throw new Refusal(ErrorCode.READ_ONLY, "Auditors read everything and change nothing.");
    }
    throw new Refusal(ErrorCode.NOT_PERMITTED, "You may not hold conversations.");
  }
}
