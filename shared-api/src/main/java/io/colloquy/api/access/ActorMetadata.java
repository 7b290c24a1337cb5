package io.colloquy.api.access;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;

/** How an actor is written into, and read back from, the metadata that every event carries. */
public final class ActorMetadata {

  /** Who caused the event. */
  public static final String ACTOR = "actor";

  /** What they were permitted at that moment, joined by commas. */
  public static final String PERMISSIONS = "permissions";

  /** SHA-256 digest of where they called from. */
  public static final String CLIENT_ADDRESS = "client_address";

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
