package io.colloquy.api.access;

import org.jspecify.annotations.Nullable;

/** Events about access that belong to no single aggregate. */
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
}
