package io.colloquy.app.operation;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the traces of all tests that ask for one: the tests' settings record no other. */
@Configuration
class RecordedSpans {

  @Bean
  InMemorySpanExporter spanExporter() {
    return InMemorySpanExporter.create();
  }
}
