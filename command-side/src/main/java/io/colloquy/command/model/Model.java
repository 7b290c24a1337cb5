package io.colloquy.command.model;

import io.colloquy.api.turn.TokenUsage;
import io.colloquy.command.work.ResumableWork;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * A provider's model. Always asked in streaming, so that a turn that is stopped stops the call;
 * given up when it is silent for too long; asked again, with growing and random pauses, while it
 * has said nothing; and not asked at all for a while after it has failed too often.
 */
public final class Model {

  private static final int LONGEST_ANSWER = 20_000;
  private static final long POLL_MILLIS = 50;
  private static final Set<String> FINISHED = Set.of("stop", "end_turn", "stop_sequence");
  private static final Set<String> REFUSED = Set.of("content_filter", "refusal", "safety");

  private final Supplier<ChatModels.Line> lines;
  private final String name;
  private final ModelSettings settings;
  private final CircuitBreaker circuit;
  private final Retry retry;

  /** The model of the settings. */
  public Model(ModelSettings settings) {
    this(ChatModels.of(settings), settings);
  }

  private Model(Supplier<ChatModels.Line> lines, ModelSettings settings) {
    this.lines = lines;
    this.settings = settings;
    String used = settings.model() == null ? usual(lines.get()) : settings.model();
    this.name = settings.provider().name().toLowerCase(Locale.ROOT) + ":" + used;
    this.circuit =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(10)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(60)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(ModelUnavailable.class::isInstance)
                .ignoreException(failure -> !(failure instanceof ModelUnavailable))
                .build());
    this.retry =
        Retry.of(
            name,
            RetryConfig.custom()
                .maxAttempts(settings.attempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(200, 2, 0.5))
                .retryOnException(
                    failure -> failure instanceof ModelUnavailable model && model.isRetryable())
                .build());
  }

  /** Another model of the same provider. */
  Model with(String otherName) {
    return new Model(
        new ModelSettings(
            settings.provider(),
            settings.apiKey(),
            settings.baseUrl(),
            otherName,
            settings.firstWord(),
            settings.pause(),
            settings.attempts()));
  }

  /** The provider and the model's name, as the log has it. */
  public String name() {
    return name;
  }

  /** What a model said in full, and what that cost. */
  record Said(String text, TokenUsage tokens) {}

  /** Asks for text in one piece; with a schema the model is told to answer in its JSON. */
  Said ask(List<Message> messages, @Nullable String schema) {
    StringBuilder text = new StringBuilder();
    TokenUsage tokens = stream(messages, schema, text::append);
    return new Said(text.toString(), tokens);
  }

  /**
   * Asks for text as it comes.
   *
   * @throws ModelUnavailable when it cannot be had, or breaks off; then some may have come already
   */
  TokenUsage stream(List<Message> messages, @Nullable String schema, Consumer<String> text) {
    boolean[] begun = {false};
    Consumer<String> noting =
        piece -> {
          begun[0] = true;
          text.accept(piece);
        };
    try {
      return Retry.decorateSupplier(
              retry,
              CircuitBreaker.decorateSupplier(
                  circuit,
                  () -> {
                    try {
                      return attempt(messages, schema, noting);
                    } catch (ModelUnavailable failure) {
                      // What was said cannot be taken back, so it is not asked again.
                      throw begun[0] ? new ModelUnavailable(failure.reason(), false) : failure;
                    }
                  }))
          .get();
    } catch (CallNotPermittedException open) {
      throw new ModelUnavailable("it failed too often and is left alone for a while", false);
    }
  }

  private sealed interface Signal {
    record Piece(ChatResponse response) implements Signal {}

    record Failed(Throwable cause) implements Signal {}

    record Done() implements Signal {}
  }

  private TokenUsage attempt(
      List<Message> messages, @Nullable String schema, Consumer<String> text) {
    BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    ChatModels.Line line = lines.get();
    Disposable call =
        line.chat().stream(new Prompt(messages, options(line.chat(), schema)))
            .subscribeOn(Schedulers.boundedElastic())
            .subscribe(
                response -> signals.add(new Signal.Piece(response)),
                failure -> signals.add(new Signal.Failed(failure)),
                () -> signals.add(new Signal.Done()));
    try {
      return listen(signals, text);
    } finally {
      call.dispose();
      line.end().run();
    }
  }

  private static String usual(ChatModels.Line line) {
    try {
      return String.valueOf(line.chat().getOptions().getModel());
    } finally {
      line.end().run();
    }
  }

  private static @Nullable ChatOptions options(ChatModel chat, @Nullable String schema) {
    if (schema == null) {
      return null;
    }
    var options = chat.getOptions().mutate();
    if (options instanceof StructuredOutputChatOptions.Builder<?> structured) {
      structured.outputSchema(schema);
    }
    return options.build();
  }

  private TokenUsage listen(BlockingQueue<Signal> signals, Consumer<String> text) {
    long last = System.nanoTime();
    boolean begun = false;
    int length = 0;
    String finish = "";
    TokenUsage tokens = new TokenUsage(0, 0);
    while (true) {
      ResumableWork.checkNotStopped();
      Signal signal = next(signals);
      if (signal == null) {
        Duration patience = begun ? settings.pause() : settings.firstWord();
        if (System.nanoTime() - last > patience.toNanos()) {
          throw new ModelUnavailable("it said nothing for " + patience.toMillis() + " ms", !begun);
        }
        continue;
      }
      last = System.nanoTime();
      switch (signal) {
        case Signal.Failed failed -> throw failure(failed.cause());
        case Signal.Done ignored -> {
          checkFinished(finish, length);
          return tokens;
        }
        case Signal.Piece piece -> {
          String said = textOf(piece.response());
          finish = finishOf(piece.response(), finish);
          tokens = tokensOf(piece.response(), tokens);
          if (!said.isEmpty()) {
            begun = true;
            length += said.length();
            if (length > LONGEST_ANSWER) {
              throw new ModelUnavailable("it said too much", false);
            }
            text.accept(said);
          }
        }
      }
    }
  }

  private static @Nullable Signal next(BlockingQueue<Signal> signals) {
    try {
      return signals.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      ResumableWork.checkNotStopped();
      return null;
    }
  }

  private static void checkFinished(String finish, int length) {
    if (REFUSED.contains(finish)) {
      throw new ModelUnavailable("it refused to answer", false);
    }
    if (length == 0) {
      throw new ModelUnavailable("it said nothing", true);
    }
    if (!FINISHED.contains(finish)) {
      throw new ModelUnavailable("its answer broke off", true);
    }
  }

  private static String textOf(ChatResponse response) {
    if (response.getResult() == null || response.getResult().getOutput() == null) {
      return "";
    }
    String said = response.getResult().getOutput().getText();
    return said == null ? "" : said;
  }

  private static String finishOf(ChatResponse response, String before) {
    if (response.getResult() == null || response.getResult().getMetadata() == null) {
      return before;
    }
    String finish = response.getResult().getMetadata().getFinishReason();
    return finish == null || finish.isBlank() ? before : finish.toLowerCase(Locale.ROOT);
  }

  private static TokenUsage tokensOf(ChatResponse response, TokenUsage before) {
    Usage usage = response.getMetadata() == null ? null : response.getMetadata().getUsage();
    if (usage == null) {
      return before;
    }
    // Providers repeat or complete the counts as they go on; the largest is the last.
    return new TokenUsage(
        Math.max(before.prompt(), orZero(usage.getPromptTokens())),
        Math.max(before.completion(), orZero(usage.getCompletionTokens())));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  /** What a failure means, in our words: what a provider writes may hold anything. */
  private static ModelUnavailable failure(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      int status =
          switch (cause) {
            case com.openai.errors.OpenAIServiceException openAi -> openAi.statusCode();
            case com.anthropic.errors.AnthropicServiceException anthropic -> anthropic.statusCode();
            case WebClientResponseException http -> http.getStatusCode().value();
            default -> 0;
          };
      if (status >= 400) {
        return new ModelUnavailable(
            "the provider answered with status " + status, status == 429 || status >= 500);
      }
      if (cause instanceof IOException) {
        return new ModelUnavailable("the connection to the provider failed", true);
      }
    }
    return new ModelUnavailable("the provider's answer could not be read", true);
  }
}
