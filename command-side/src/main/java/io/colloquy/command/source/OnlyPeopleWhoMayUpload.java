package io.colloquy.command.source;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import java.util.List;

/** Bringing sources is for those who work with data. */
public final class OnlyPeopleWhoMayUpload {

  private static final List<String> MAY_UPLOAD =
      List.of(Permissions.ANALYST, Permissions.MANAGER, Permissions.ADMIN);

  private OnlyPeopleWhoMayUpload() {}

  /** Checks that an actor may. */
  public static void check(Actor actor) {
    if (!actor.holdsAnyOf(MAY_UPLOAD)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "You are not permitted to add sources.");
    }
  }
}
