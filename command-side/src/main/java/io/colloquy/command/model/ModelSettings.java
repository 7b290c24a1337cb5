package io.colloquy.command.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which model is asked, and how patiently.
 *
 * @param provider whose protocol it speaks
 * @param apiKey what it is paid with; empty for a server that asks for none
 * @param baseUrl where it is, absent for the provider's own
 * @param model its name, absent for the provider's usual one
 * @param firstWord how long its first word may take
 * @param pause how long it may pause between words
 * @param attempts how often it is asked before it is given up
 */
public record ModelSettings(
    Provider provider,
    String apiKey,
    @Nullable String baseUrl,
    @Nullable String model,
    Duration firstWord,
    Duration pause,
    int attempts) {

  /** A protocol. */
  public enum Provider {
    OPENAI,
    ANTHROPIC,
    OLLAMA
  }

  /** Hides the key from logs. */
  @Override
  public String toString() {
    return "ModelSettings[%s, %s, %s]".formatted(provider, baseUrl, model);
  }
}
