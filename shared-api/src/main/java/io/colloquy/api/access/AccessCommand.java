package io.colloquy.api.access;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked about what somebody may do. Each repeated has no second effect. */
public sealed interface AccessCommand {

  /** Whose access it is about. */
  String userId();

  /** Who asks. */
  Actor actor();

  /** Told apart from every conversation's id, which has no slash. */
  @TargetAggregateIdentifier
  default String aggregateId() {
    return idOf(userId());
  }

  /** The aggregate of a user. */
  static String idOf(String userId) {
    return "access/" + userId;
  }

  /** Gives somebody a role, beside those their token brings. */
  record GrantRole(String userId, String role, Actor actor) implements AccessCommand {}

  /** Takes a role from somebody that was given here. */
  record RevokeRole(String userId, String role, Actor actor) implements AccessCommand {}
}
