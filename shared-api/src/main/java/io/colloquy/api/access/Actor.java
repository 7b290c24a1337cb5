package io.colloquy.api.access;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who causes a command, taken from the bearer token, never from a message body.
 *
 * @param userId the token's subject
 * @param permissions what the user may do at this moment
 * @param clientAddress SHA-256 digest of the client's network address, absent for work done by the
 *     server itself
 */
public record Actor(String userId, Set<String> permissions, @Nullable String clientAddress) {

  /** Keeps the permissions sorted, so that the same actor is always written the same way. */
  public Actor {
    permissions = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
  }

  /**
   * True when the actor holds at least one of the permissions; an empty requirement is met by
   * everyone.
   */
  public boolean holdsAnyOf(Collection<String> required) {
    return required.isEmpty() || required.stream().anyMatch(permissions::contains);
  }

  /**
   * The same actor with no other permissions than these. Holding conversations at all is not taken
   * away: whoever could not, could not ask for less either.
   */
  public Actor narrowedTo(Collection<String> wanted) {
    Set<String> kept = new TreeSet<>(permissions);
    kept.removeIf(
        permission -> !permission.equals(Permissions.VIEWER) && !wanted.contains(permission));
    return new Actor(userId, kept, clientAddress);
  }

  /** True when the actor holds the permission. */
  public boolean holds(String permission) {
    return permissions.contains(permission);
  }
}
