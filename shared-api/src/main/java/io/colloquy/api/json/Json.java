package io.colloquy.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON mapping: snake_case, nothing for absent values, exact decimals, ISO-8601 instants.
 * Events are stored and frames are sent with it, so that a frame replayed from the log has the same
 * bytes.
 */
public final class Json {

  /** The mapper. It is immutable and safe for use by many threads. */
  public static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

  private Json() {}

  /** Gives a builder the product's mapping. */
  public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
    return builder
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            ignored ->
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
