package io.colloquy.app.stomp;

import io.colloquy.app.config.TraceId;
import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.tracing.Span;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.SpanScope;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;

/**
 * Traces what clients send, within the client's own trace where the frame has the W3C's header
 * {@code traceparent}, as HTTP requests are.
 */
@Component
class ReceiveSpans implements ExecutorChannelInterceptor {

  private record Open(Span span, SpanScope scope) {}

  /** One message is handled at a time on a thread. */
  private final ThreadLocal<@Nullable Open> open = new ThreadLocal<>();

  private final SpanFactory spans;

  ReceiveSpans(SpanFactory spans) {
    this.spans = spans;
  }

  @Override
  public Message<?> beforeHandle(
      Message<?> message, MessageChannel channel, MessageHandler handler) {
    StompHeaderAccessor frame =
        MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
    if (frame != null
        && frame.getCommand() == StompCommand.SEND
        && handler instanceof SimpAnnotationMethodMessageHandler) {
      String parent = frame.getFirstNativeHeader(TraceId.PARENT);
      Span span =
          spans.createChildHandlerSpan(
              () -> "stomp",
              new GenericMessage<>(
                  frame.getCommand(), parent == null ? Map.of() : Map.of(TraceId.PARENT, parent)));
      open.set(new Open(span, span.start().makeCurrent()));
    }
    return message;
  }

  @Override
  public void afterMessageHandled(
      Message<?> message,
      MessageChannel channel,
      MessageHandler handler,
      @Nullable Exception failure) {
    Open opened = open.get();
    if (opened != null) {
      open.remove();
      opened.scope().close();
      opened.span().end();
    }
  }
}
