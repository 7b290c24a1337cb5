package io.colloquy.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frame each stored event gives. An event without a golden frame must have none. */
class FrameGoldenFilesTest {

  private static final Path EVENTS = Path.of("../shared-api/src/test/resources/golden/events");
  private static final Path FRAMES = Path.of("src/test/resources/golden/frames");

  static Stream<String> types() {
    return EventTypes.all().keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("types")
  void aStoredEventGivesTheSameFrameEveryTime(String type) throws IOException {
    Path golden = FRAMES.resolve(type + ".json");
    EncodedFrame frame = frameOf(type);

    assertThat(frame.isPresent()).as("has a frame").isEqualTo(Files.exists(golden));
    if (frame.isPresent()) {
      assertThat(Json.MAPPER.readTree(frame.json()))
          .isEqualTo(Json.MAPPER.readTree(Files.readString(golden)));
    }
    assertThat(frameOf(type).json()).as("byte for byte").isEqualTo(frame.json());
  }

  private static EncodedFrame frameOf(String type) throws IOException {
    Object event =
        Json.MAPPER.readValue(
            Files.readString(EVENTS.resolve(type + ".json")), EventTypes.all().get(type));
    return EncodedFrame.of(
        new GenericDomainEventMessage<>(
            "conversation",
            "c-1",
            17,
            event,
            MetaData.emptyInstance(),
            "e-1",
            Instant.parse("2026-11-24T10:30:00Z")));
  }
}
