package io.colloquy.command.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;

/** A conversation belongs to those who take part in it. */
final class OnlyParticipantsAct {

  private OnlyParticipantsAct() {}

  static void check(String owner, Actor actor) {
    OnlyPeopleWhoMayConverse.check(actor);
    if (!isParticipant(owner, actor)) {
      throw new Refusal(ErrorCode.NOT_A_PARTICIPANT, "You do not take part in this conversation.");
    }
  }

  static boolean isParticipant(String owner, Actor actor) {
    return owner.equals(actor.userId());
  }

  static boolean isAbout(ErrorCode reason) {
    return reason == ErrorCode.NOT_A_PARTICIPANT || reason == ErrorCode.READ_ONLY;
  }
}
