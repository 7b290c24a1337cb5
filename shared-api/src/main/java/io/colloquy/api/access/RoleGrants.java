package io.colloquy.api.access;

import java.util.List;
import java.util.Map;

/** Which roles there are and who was given which. What a token brings is not among them. */
public interface RoleGrants {

  /** What each role permits. */
  Map<String, List<String>> permissionsByRole();

  /** The roles that each user was given; those without any are not there. */
  Map<String, List<String>> rolesByUser();

  /**
   * Gives a role, in the caller's transaction.
   *
   * @return whether the user did not have it yet
   */
  boolean grant(String userId, String role);

  /**
   * Takes a role, in the caller's transaction.
   *
   * @return whether the user had it
   */
  boolean revoke(String userId, String role);
}
