package io.colloquy.app.config;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.colloquy.api.conversation.ConversationEvent;
import io.colloquy.api.json.Json;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Writes commands and their answers for other nodes. Where one holds an event of any kind, its kind
 * is written beside it.
 */
final class MessageSerializer extends Jackson3Serializer {

  MessageSerializer() {
    super(
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(
                mapper -> Json.configure(mapper).addMixIn(ConversationEvent.class, Named.class)));
  }

  /** The kinds of a sealed interface are known, so no other class can be named. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@event")
  private interface Named {}
}
