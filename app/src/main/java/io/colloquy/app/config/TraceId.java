package io.colloquy.app.config;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;

/** The trace that what happens on this thread belongs to. */
public final class TraceId {

  /** The W3C's name for what says which trace, and where in it, a message belongs to. */
  public static final String PARENT = "traceparent";

  private TraceId() {}

  /** The id of the current trace, or a new one where nothing is traced. */
  public static String current() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid() ? context.getTraceId() : IdGenerator.random().generateTraceId();
  }
}
