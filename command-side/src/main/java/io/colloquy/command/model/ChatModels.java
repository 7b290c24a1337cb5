package io.colloquy.command.model;

import java.net.http.HttpClient;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring AI's models, as the settings say. Retries are ours, so theirs are off. */
final class ChatModels {

  private static final String OLLAMA_URL = "http://localhost:11434";

  private ChatModels() {}

  /**
   * A model for a call.
   *
   * @param end ends what the call may still have open
   */
  record Line(ChatModel chat, Runnable end) {}

  /** How models are got, one for each call. */
  static Supplier<Line> of(ModelSettings settings) {
    return switch (settings.provider()) {
      case OPENAI -> shared(OpenAiChatModel.builder().options(openAi(settings)).build());
      case ANTHROPIC -> shared(AnthropicChatModel.builder().options(anthropic(settings)).build());
      // Ending its stream does not end the connection, so each call has a client of its own.
      case OLLAMA ->
          () -> {
            HttpClient http = HttpClient.newBuilder().connectTimeout(settings.firstWord()).build();
            return new Line(ollama(settings, http), http::shutdownNow);
          };
    };
  }

  private static Supplier<Line> shared(ChatModel chat) {
    Line line = new Line(chat, () -> {});
    return () -> line;
  }

  private static OpenAiChatOptions openAi(ModelSettings settings) {
    var options = OpenAiChatOptions.builder();
    options.apiKey(keyOf(settings));
    options.maxRetries(0);
    options.timeout(settings.firstWord());
    options.streamUsage(true);
    if (settings.baseUrl() != null) {
      options.baseUrl(settings.baseUrl());
    }
    if (settings.model() != null) {
      options.model(settings.model());
    }
    return options.build();
  }

  private static AnthropicChatOptions anthropic(ModelSettings settings) {
    var options = AnthropicChatOptions.builder();
    options.apiKey(keyOf(settings));
    options.maxRetries(0);
    options.timeout(settings.firstWord());
    if (settings.baseUrl() != null) {
      options.baseUrl(settings.baseUrl());
    }
    if (settings.model() != null) {
      options.model(settings.model());
    }
    return options.build();
  }

  /** The clients want some key, also for servers that ask for none. */
  private static String keyOf(ModelSettings settings) {
    return settings.apiKey().isBlank() ? "none" : settings.apiKey();
  }

  private static ChatModel ollama(ModelSettings settings, HttpClient http) {
    OllamaApi api =
        OllamaApi.builder()
            .baseUrl(Objects.requireNonNullElse(settings.baseUrl(), OLLAMA_URL))
            .restClientBuilder(
                RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(http)))
            .webClientBuilder(WebClient.builder().clientConnector(new JdkClientHttpConnector(http)))
            .build();
    var options = OllamaChatOptions.builder();
    if (settings.model() != null) {
      options.model(settings.model());
    }
    return OllamaChatModel.builder().ollamaApi(api).options(options.build()).build();
  }
}
