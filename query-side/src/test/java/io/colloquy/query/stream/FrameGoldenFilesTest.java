package io.colloquy.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.action.ActionResult;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.json.EventTypes;
import io.colloquy.api.json.Json;
import io.colloquy.api.widget.WidgetDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The frame each stored event gives. An event without a golden frame must have none. */
class FrameGoldenFilesTest {

  private static final Path GOLDEN = Path.of("../shared-api/src/test/resources/golden");
  private static final Path EVENTS = GOLDEN.resolve("events");
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

  static Stream<Path> widgets() throws IOException {
    return Files.list(GOLDEN.resolve("widgets")).sorted();
  }

  @ParameterizedTest
  @MethodSource("widgets")
  void aWidgetOfAnyTypeIsTheContentOfItsFrame(Path widget) throws IOException {
    WidgetDescriptor descriptor =
        Json.MAPPER.readValue(Files.readString(widget), WidgetDescriptor.class);
    JsonNode frame = sent(new WidgetGenerated("c-1", "t-1", null, null, descriptor));

    assertThat(frame.get("type").asString()).isEqualTo("widget");
    assertThat(frame.get("content")).isEqualTo(Json.MAPPER.readTree(Files.readString(widget)));
  }

  static Stream<Path> results() throws IOException {
    return Files.list(GOLDEN.resolve("results")).sorted();
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultOfAnyTypeIsTheContentOfItsFrameWithItsInvocation(Path result) throws IOException {
    ObjectNode golden = (ObjectNode) Json.MAPPER.readTree(Files.readString(result));
    JsonNode frame =
        sent(
            new ActionCompleted(
                "c-1",
                "t-1",
                "i-1",
                "w-1",
                "a-1",
                Json.MAPPER.readValue(Files.readString(result), ActionResult.class)));

    golden.put("invocation_id", "i-1").put("widget_id", "w-1").put("action_id", "a-1");
    assertThat(frame.get("type").asString()).isEqualTo("action_result");
    assertThat(frame.get("content").properties())
        .containsExactlyInAnyOrderElementsOf(golden.properties());
  }

  private static JsonNode sent(Object event) {
    return Json.MAPPER.readTree(encoded(event).json());
  }

  private static EncodedFrame frameOf(String type) throws IOException {
    return encoded(
        Json.MAPPER.readValue(
            Files.readString(EVENTS.resolve(type + ".json")), EventTypes.all().get(type)));
  }

  private static EncodedFrame encoded(Object event) {
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
