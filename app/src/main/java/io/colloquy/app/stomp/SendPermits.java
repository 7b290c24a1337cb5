package io.colloquy.app.stomp;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.stereotype.Component;

/**
 * Gives a sender its permit back once its message has been written to the client. A stream that
 * waits for the permit keeps its order, and never runs ahead of its client by more than one frame.
 */
@Component
class SendPermits implements ExecutorChannelInterceptor {

  static final String PERMIT = "colloquy-send-permit";

  @Override
  public void afterMessageHandled(
      Message<?> message,
      MessageChannel channel,
      MessageHandler handler,
      @Nullable Exception failure) {
    if (message.getHeaders().get(PERMIT) instanceof Semaphore permit) {
      permit.release();
    }
  }
}
