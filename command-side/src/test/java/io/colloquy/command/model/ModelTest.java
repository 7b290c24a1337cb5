package io.colloquy.command.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.api.turn.TokenUsage;
import io.colloquy.command.model.FakeProvider.Behaviour;
import io.colloquy.command.model.ModelSettings.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

class ModelTest {

  private static final List<Message> QUESTION = List.of(new UserMessage("How are sales?"));

  private static Model model(FakeProvider provider, Provider protocol, int attempts) {
    return new Model(
        new ModelSettings(
            protocol,
            "sk-secret",
            provider.url(),
            "fake",
            Duration.ofSeconds(20),
            Duration.ofMillis(500),
            attempts));
  }

  @ParameterizedTest
  @EnumSource
  void wordsComeAsTheyAreSaidWithTheirCost(Provider protocol) {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.Says(List.of("Sales ", "are ", "fine."), 5, "stop"));
      List<String> pieces = new ArrayList<>();

      TokenUsage tokens = model(provider, protocol, 1).stream(QUESTION, null, pieces::add);

      assertThat(String.join("", pieces)).isEqualTo("Sales are fine.");
      assertThat(pieces).hasSizeGreaterThan(1);
      assertThat(tokens).isEqualTo(new TokenUsage(11, 7));
      assertThat(provider.asked()).singleElement().asString().contains("How are sales?");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatBreaksOffIsNotTakenForAWholeOne(Provider protocol) {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.BreaksOff(List.of("Sales ", "are ")));
      List<String> pieces = new ArrayList<>();
      Model model = model(provider, protocol, 3);

      assertThatThrownBy(() -> model.stream(QUESTION, null, pieces::add))
          .isInstanceOf(ModelUnavailable.class);
      assertThat(String.join("", pieces)).isEqualTo("Sales are ");
      assertThat(provider.asked()).as("what was said is not said again").hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatFallsSilentIsLeft(Provider protocol) throws InterruptedException {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.FallsSilent(List.of("Sales ")));
      Model model = model(provider, protocol, 1);

      assertThatThrownBy(() -> model.stream(QUESTION, null, piece -> {}))
          .isInstanceOf(ModelUnavailable.class)
          .hasMessageContaining("it said nothing for");
      assertThat(provider.wasLeft()).as("the call was ended").isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoProtocolIsAFailure(Provider protocol) {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.Garbles("data: {\"choices\": [{\"delta\"\n\nnothing of sense\n"));

      assertThatThrownBy(() -> model(provider, protocol, 1).stream(QUESTION, null, piece -> {}))
          .isInstanceOf(ModelUnavailable.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBusyProviderIsAskedAgain(Provider protocol) {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.Fails(429)).then(new Behaviour.Fails(503)).says("Fine now.");

      Model.Said said = model(provider, protocol, 3).ask(QUESTION, null);

      assertThat(said.text()).isEqualTo("Fine now.");
      assertThat(provider.asked()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedKeyIsNotTriedAgainAndNothingOfTheProviderIsRepeated(Provider protocol) {
    try (FakeProvider provider = new FakeProvider(protocol)) {
      provider.then(new Behaviour.Fails(401));

      assertThatThrownBy(() -> model(provider, protocol, 3).ask(QUESTION, null))
          .isInstanceOf(ModelUnavailable.class)
          .hasMessage("the provider answered with status 401");
      assertThat(provider.asked()).hasSize(1);
    }
  }

  @Test
  void aRefusalAndAnEndForLengthAreNoAnswers() {
    try (FakeProvider provider = new FakeProvider(Provider.OPENAI)) {
      provider.then(new Behaviour.Says(List.of("I can't."), 0, "content_filter"));
      assertThatThrownBy(() -> model(provider, Provider.OPENAI, 1).ask(QUESTION, null))
          .hasMessage("it refused to answer");
      provider.forget();
      provider.then(new Behaviour.Says(List.of("Sales are"), 0, "length"));
      assertThatThrownBy(() -> model(provider, Provider.OPENAI, 1).ask(QUESTION, null))
          .hasMessage("its answer broke off");
    }
  }

  @Test
  void aProviderThatKeepsFailingIsLeftAlone() {
    try (FakeProvider provider = new FakeProvider(Provider.OPENAI)) {
      provider.then(new Behaviour.Fails(500));
      Model model = model(provider, Provider.OPENAI, 1);
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> model.ask(QUESTION, null)).isInstanceOf(ModelUnavailable.class);
      }

      assertThatThrownBy(() -> model.ask(QUESTION, null)).hasMessageContaining("left alone");
      assertThat(provider.asked()).hasSize(5);
    }
  }

  @Test
  void settingsNeverShowTheKey() {
    assertThat(
            new ModelSettings(
                    Provider.OPENAI, "sk-secret", null, null, Duration.ZERO, Duration.ZERO, 1)
                .toString())
        .doesNotContain("secret");
  }
}
