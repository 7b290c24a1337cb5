package io.colloquy.db.eventstore;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The serializer of the token store. Tokens nest other tokens, so they carry type names, of known
 * packages only.
 */
public final class TokenSerializer {

  private TokenSerializer() {}

  /** A new serializer for tracking tokens. */
  public static Serializer create() {
    BasicPolymorphicTypeValidator ownTypesOnly =
        BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.axonframework.eventhandling.")
            .allowIfSubType("io.colloquy.db.eventstore.")
            // What a token store names itself with.
            .allowIfSubType("java.util.Collections$SingletonMap")
            .build();
    return Jackson3Serializer.builder()
        .jsonMapperBuilderCustomizer(
            mapper ->
                mapper
                    // Also for what Axon annotates itself: the context of a replay may be anything.
                    .polymorphicTypeValidator(ownTypesOnly)
                    .activateDefaultTyping(ownTypesOnly, DefaultTyping.NON_CONCRETE_AND_ARRAYS))
        .build();
  }
}
