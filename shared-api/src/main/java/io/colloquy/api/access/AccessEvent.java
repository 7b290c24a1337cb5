package io.colloquy.api.access;

import org.jspecify.annotations.Nullable;

/** What happened to access: what somebody may do, and what was refused. */
public sealed interface AccessEvent {

  /**
   * Someone asked for what they may not have.
   *
   * @param code why it was refused
   * @param resource what was asked for, as a path or destination
   * @param conversationId the conversation it concerns, if any
   */
  record AccessRefused(ErrorCode code, String resource, @Nullable String conversationId)
      implements AccessEvent {}

  /**
   * Somebody was given a role, and with it what the role permits.
   *
   * @param userId who
   */
  record PermissionGranted(String userId, String role) implements AccessEvent {}

  /**
   * A role was taken from somebody. What they may do by other roles they still may.
   *
   * @param userId from whom
   */
  record PermissionRevoked(String userId, String role) implements AccessEvent {}
}
