package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client written from the reference guide says of its user. Who the user is comes from the
 * token alone; a user id sent here is not even read.
 *
 * @param token the bearer token, where a client has no other place for it
 * @param permissions leaves the user only these of their permissions; never adds one
 * @param activeSources the sources later turns may read
 * @param preferences to be kept for the user
 */
public record UserContext(
    @Nullable String token,
    @Nullable List<String> permissions,
    @Nullable List<String> activeSources,
    @Nullable Map<String, @Nullable Object> preferences) {

  /** The actor with no more permissions than the context names, if it names any. */
  public static Actor narrow(Actor actor, @Nullable UserContext context) {
    return context == null || context.permissions() == null
        ? actor
        : actor.narrowedTo(context.permissions());
  }
}
