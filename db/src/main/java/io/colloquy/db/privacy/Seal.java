package io.colloquy.db.privacy;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.json.Json;
import io.colloquy.api.privacy.PersonalContent;
import io.colloquy.api.privacy.SealedContent;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Seals the personal content of events as they are stored, and opens it as they are read. A sealed
 * payload has placeholders where the content was, and {@code sealed} with the key's name and a box;
 * without the key it still reads as the event.
 */
public final class Seal implements SealedContent {

  private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

  private static final String SEALED = "sealed";
  private static final String KEY = "key";
  private static final String BOX = "box";

  /** They are no persons. */
  private static final Set<String> NOBODY = Set.of("system", "anonymous");

  private final SubjectKeys keys;

  /** Seals with these keys. */
  public Seal(SubjectKeys keys) {
    this.keys = keys;
  }

  /**
   * Seals an event's payload for whoever it is about: the {@code subject} of its metadata, or else
   * its actor.
   *
   * @param type the event's logical name
   */
  public String close(String type, String payload, Map<String, ?> metadata) {
    String subject = ActorMetadata.subjectIn(metadata);
    if (subject == null || NOBODY.contains(subject)) {
      return payload;
    }
    ObjectNode open = (ObjectNode) Json.MAPPER.readTree(payload);
    ObjectNode taken = PersonalContent.takeOut(type, open);
    if (taken.isEmpty()) {
      return payload;
    }
    SubjectKeys.Key key = keys.of(subject);
    byte[] box = Box.close(key.secret(), key.id(), Json.MAPPER.writeValueAsBytes(taken));
    open.putObject(SEALED).put(KEY, key.id()).put(BOX, Base64.getEncoder().encodeToString(box));
    return Json.MAPPER.writeValueAsString(open);
  }

  @Override
  public String open(String payload) {
    return payload.contains("\"" + SEALED + "\"")
        ? Json.MAPPER.writeValueAsString(opened(payload))
        : payload;
  }

  /** The same as a tree. */
  public JsonNode opened(String payload) {
    JsonNode stored = Json.MAPPER.readTree(payload);
    JsonNode sealed = stored.path(SEALED);
    if (!(stored instanceof ObjectNode event) || !sealed.path(BOX).isString()) {
      return stored;
    }
    event.remove(SEALED);
    SubjectKeys.Key key = keys.find(sealed.path(KEY).asString());
    ObjectNode taken = key == null ? null : taken(key, sealed.path(BOX).asString());
    if (taken != null) {
      PersonalContent.putBack(event, taken);
    }
    return event;
  }

  @Override
  public boolean isErased(String payload) {
    JsonNode sealed = Json.MAPPER.readTree(payload).path(SEALED);
    return sealed.path(BOX).isString() && keys.find(sealed.path(KEY).asString()) == null;
  }

  /** Null for a box that was tampered with: who verifies the log is told, and the rest goes on. */
  private static @Nullable ObjectNode taken(SubjectKeys.Key key, String box) {
    try {
      byte[] content = Box.open(key.secret(), key.id(), Base64.getDecoder().decode(box));
      return (ObjectNode) Json.MAPPER.readTree(content);
    } catch (GeneralSecurityException | RuntimeException changed) {
      LOG.error("The sealed content of an event was changed since it was written", changed);
      return null;
    }
  }
}
