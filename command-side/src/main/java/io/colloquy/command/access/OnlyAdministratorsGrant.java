package io.colloquy.command.access;

import io.colloquy.api.access.AccessCommand;
import io.colloquy.api.access.AccessCommand.RevokeRole;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.access.RoleGrants;
import java.util.List;

/** Administrators give and take roles; none takes from themselves what makes them one. */
final class OnlyAdministratorsGrant {

  private static final int LONGEST_USER_ID = 255;

  private OnlyAdministratorsGrant() {}

  static void check(AccessCommand command, RoleGrants roles) {
    Actor actor = command.actor();
    if (!actor.holds(Permissions.ADMIN)) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "Only administrators give and take roles.");
    }
    if (command.userId().isBlank() || command.userId().length() > LONGEST_USER_ID) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "A person's id is needed.");
    }
    if (command instanceof RevokeRole revoke
        && revoke.userId().equals(actor.userId())
        && roles
            .permissionsByRole()
            .getOrDefault(revoke.role(), List.of())
            .contains(Permissions.ADMIN)) {
      throw new Refusal(
          ErrorCode.NOT_PERMITTED,
          "Another administrator has to take this role from you, so that one is left.");
    }
  }
}
