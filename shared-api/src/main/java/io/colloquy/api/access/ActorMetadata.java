package io.colloquy.api.access;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** How an actor is written into, and read back from, the metadata that every event carries. */
public final class ActorMetadata {

  /** Who caused the event. */
  public static final String ACTOR = "actor";

  /** What they were permitted at that moment, joined by commas. */
  public static final String PERMISSIONS = "permissions";

  /** SHA-256 digest of where they called from. */
  public static final String CLIENT_ADDRESS = "client_address";

  /**
   * Whose personal content the event holds, where that is not the actor's: it was carried over from
   * somebody else's conversation.
   */
  public static final String SUBJECT = "subject";

  /**
   * The conversation and place an event was carried over from, when a conversation was forked.
   * Nothing is done because of such an event: it was done there.
   */
  public static final String CARRIED_FROM = "carried_from";

  private ActorMetadata() {}

  /** The metadata entries of an actor. */
  public static Map<String, String> of(Actor actor) {
    Map<String, String> entries = new TreeMap<>();
    entries.put(ACTOR, actor.userId());
    entries.put(PERMISSIONS, String.join(",", actor.permissions()));
    if (actor.clientAddress() != null) {
      entries.put(CLIENT_ADDRESS, actor.clientAddress());
    }
    return entries;
  }

  /**
   * Whose personal content an event holds: its subject's, or else its actor's; null for nobody's.
   */
  public static @Nullable String subjectIn(Map<String, ?> metadata) {
    Object subject = metadata.get(SUBJECT);
    Object whose = subject == null ? metadata.get(ACTOR) : subject;
    return whose == null ? null : whose.toString();
  }

  /** The actor an event was caused by. */
  public static Actor actorIn(MetaData metadata) {
    String permissions = String.valueOf(metadata.getOrDefault(PERMISSIONS, ""));
    Object address = metadata.get(CLIENT_ADDRESS);
    return new Actor(
        String.valueOf(metadata.getOrDefault(ACTOR, "system")),
        permissions.isEmpty() ? Set.of() : Set.of(permissions.split(",")),
        address == null ? null : address.toString());
  }
}
