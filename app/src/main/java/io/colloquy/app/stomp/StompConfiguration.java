package io.colloquy.app.stomp;

import io.colloquy.app.config.ColloquySettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * STOMP at {@code /ws}. Messages of one client keep their order in both directions; limits drop a
 * client that does not read, which can then resume.
 */
@Configuration
@EnableWebSocketMessageBroker
class StompConfiguration implements WebSocketMessageBrokerConfigurer {

  static final String ADDRESS = "address";

  private static final long HEARTBEAT_MILLIS = 10_000;
  private static final int LARGEST_MESSAGE = 256 * 1024;

  /**
   * Characters; the server keeps a buffer of this size for each connection. A larger STOMP frame
   * comes in several WebSocket messages.
   */
  static final int LARGEST_WEBSOCKET_MESSAGE = 64 * 1024;

  private static final int SEND_BUFFER = 1024 * 1024;
  private static final int SEND_TIME_MILLIS = 15_000;

  private final StompGate gate;
  private final StompErrors errors;
  private final SendPermits permits;
  private final ColloquySettings settings;

  StompConfiguration(
      StompGate gate, StompErrors errors, SendPermits permits, ColloquySettings settings) {
    this.settings = settings;
    this.gate = gate;
    this.errors = errors;
    this.permits = permits;
  }

  @Override
  public void registerStompEndpoints(StompEndpointRegistry registry) {
    registry
        .addEndpoint("/ws")
        .setAllowedOrigins(settings.allowedOrigins().toArray(String[]::new))
        .addInterceptors(new AddressKeeper());
    registry.setErrorHandler(errors);
    registry.setPreserveReceiveOrder(true);
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry registry) {
    ThreadPoolTaskScheduler heartbeats = new ThreadPoolTaskScheduler();
    heartbeats.setPoolSize(1);
    heartbeats.setThreadNamePrefix("stomp-heartbeat-");
    heartbeats.initialize();
    // Conversations are not relayed by the broker: ConversationSubscriptions serves them from the
    // log.
    registry
        .enableSimpleBroker("/queue")
        .setHeartbeatValue(new long[] {HEARTBEAT_MILLIS, HEARTBEAT_MILLIS})
        .setTaskScheduler(heartbeats);
    registry.setApplicationDestinationPrefixes("/app");
    registry.setPreservePublishOrder(true);
  }

  @Override
  public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
    registration.addDecoratorFactory(
        handler ->
            new WebSocketHandlerDecorator(handler) {
              @Override
              public void afterConnectionEstablished(WebSocketSession session) throws Exception {
                session.setTextMessageSizeLimit(LARGEST_WEBSOCKET_MESSAGE);
                super.afterConnectionEstablished(session);
              }
            });
    registration.setMessageSizeLimit(LARGEST_MESSAGE);
    registration.setSendBufferSizeLimit(SEND_BUFFER);
    registration.setSendTimeLimit(SEND_TIME_MILLIS);
  }

  @Override
  public void configureClientInboundChannel(ChannelRegistration registration) {
    registration.interceptors(gate).executor(virtualThreads("stomp-in-"));
  }

  @Override
  public void configureClientOutboundChannel(ChannelRegistration registration) {
    registration.interceptors(permits).executor(virtualThreads("stomp-out-"));
  }

  private static SimpleAsyncTaskExecutor virtualThreads(String prefix) {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(prefix);
    executor.setVirtualThreads(true);
    return executor;
  }

  /** Remembers where a connection comes from. */
  private static final class AddressKeeper implements HandshakeInterceptor {

    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes) {
      attributes.put(ADDRESS, request.getRemoteAddress().getAddress().getHostAddress());
      return true;
    }

    @Override
    public void afterHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        @Nullable Exception failure) {
      // Nothing to undo.
    }
  }
}
