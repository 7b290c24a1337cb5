package io.colloquy.app.web;

import io.colloquy.api.access.ErrorCode;
import io.micrometer.core.instrument.Metrics;

/** Counts what was refused, by its code and by how the client had come. */
public final class RefusalCount {

  private RefusalCount() {}

  /** Counts one. */
  public static void add(ErrorCode code, String transport) {
    Metrics.counter("colloquy.refusals", "code", code.code(), "transport", transport).increment();
  }
}
