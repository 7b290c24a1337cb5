package io.colloquy.db.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.stream.Stream;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A processing group that cannot read its position stands still. */
class TokenSerializerTest {

  private static final CommitPositionToken HERE = new CommitPositionToken(7, 12);
  private static final Serializer SERIALIZER = TokenSerializer.create();

  static Stream<TrackingToken> tokens() {
    return Stream.of(
        HERE,
        ReplayToken.createReplayToken(HERE),
        ReplayToken.createReplayToken(HERE, new CommitPositionToken(3, 1)),
        new MergedTrackingToken(HERE, new CommitPositionToken(9, 14)),
        new ConfigToken(Collections.singletonMap("id", "a name")));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aTokenIsReadAsItWasWritten(TrackingToken token) {
    var written = SERIALIZER.serialize(token, byte[].class);
    assertThat(SERIALIZER.<byte[], TrackingToken>deserialize(written)).isEqualTo(token);
  }

  @Test
  void whatIsNoTokenIsNotMadeAnObject() {
    assertThatThrownBy(
            () ->
                SERIALIZER.deserialize(
                    new SimpleSerializedObject<>(
                        """
                        {"tokenAtReset":null,"currentToken":null,
                         "context":{"@class":"javax.naming.InitialContext"}}""",
                        String.class,
                        ReplayToken.class.getName(),
                        null)))
        .isInstanceOf(RuntimeException.class);
  }
}
