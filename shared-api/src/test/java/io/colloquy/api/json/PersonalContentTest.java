package io.colloquy.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.privacy.PersonalContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class PersonalContentTest {

  /** What a person wrote, and what an answer repeated of it, in the examples of events. */
  private static final List<String> WORDS =
      List.of("Show me", "Here is", "North", "New York", "return policy", "9.9 million", "dark");

  @Test
  void ofEveryEventItIsKnownWhatIsPersonal() {
    assertThat(PersonalContent.types()).isEqualTo(EventTypes.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("io.colloquy.api.json.EventGoldenFilesTest#events")
  void withoutItsPersonalContentAnEventCanStillBeReadAndWithItIsWhatItWas(Object event) {
    ObjectNode payload = Json.MAPPER.valueToTree(event);
    ObjectNode open = payload.deepCopy();
    ObjectNode taken = PersonalContent.takeOut(EventTypes.nameOf(event.getClass()), open);

    Object without = Json.MAPPER.treeToValue(open, event.getClass());
    assertThat(Json.MAPPER.<ObjectNode>valueToTree(without)).isNotNull();
    if (!EventTypes.nameOf(event.getClass()).startsWith("source-")) {
      assertThat(open.toString()).doesNotContain(WORDS);
    }

    PersonalContent.putBack(open, taken);
    assertThat((Object) Json.MAPPER.treeToValue(open, event.getClass())).isEqualTo(event);
    assertThat(open).isEqualTo(payload);
  }
}
