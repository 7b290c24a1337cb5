package io.colloquy.app.config;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import org.axonframework.tracing.NoOpSpanFactory;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.opentelemetry.OpenTelemetrySpanFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Traces for OpenTelemetry, once there is somewhere to send them. Each event carries the trace it
 * belongs to, so what follows from it, on whatever node, is in the same one.
 */
@Configuration
class TracingConfiguration {

  @Bean
  SpanFactory spanFactory(ObjectProvider<SpanExporter> exporters, OpenTelemetry telemetry) {
    if (exporters.stream().findAny().isEmpty()) {
      return NoOpSpanFactory.INSTANCE;
    }
    return OpenTelemetrySpanFactory.builder()
        .tracer(telemetry.getTracer("io.colloquy"))
        .contextPropagators(telemetry.getPropagators().getTextMapPropagator())
        .textMapSetter(TracingConfiguration::carry)
        .build();
  }

  /** What else a client may send along with its trace is its own and has no place in the log. */
  private static void carry(@Nullable Map<String, String> metadata, String key, String value) {
    if (metadata != null && key.equals(TraceId.PARENT)) {
      metadata.put(key, value);
    }
  }
}
