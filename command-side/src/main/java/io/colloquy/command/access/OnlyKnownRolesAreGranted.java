package io.colloquy.command.access;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.access.RoleGrants;
import java.util.Set;

/** A role that permits nothing would only look like one. */
final class OnlyKnownRolesAreGranted {

  private OnlyKnownRolesAreGranted() {}

  static void check(String role, RoleGrants roles) {
    Set<String> known = roles.permissionsByRole().keySet();
    if (!known.contains(role)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "There is no such role; there are " + String.join(", ", known) + ".");
    }
  }
}
