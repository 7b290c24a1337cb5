package io.colloquy.app.stomp;

import io.colloquy.app.access.SessionCookies;
import io.colloquy.app.config.ColloquySettings;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.config.StompBrokerRelayRegistration;
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

  /** The token of whoever is signed in on the page that opens the connection. */
  static final String TOKEN = "token";

  private static final String USER_QUEUES = "/queue";

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
  private final ReceiveSpans receiving;
  private final SendPermits permits;
  private final ColloquySettings settings;
  private final SessionCookies cookies;

  StompConfiguration(
      StompGate gate,
      StompErrors errors,
      ReceiveSpans receiving,
      SendPermits permits,
      ColloquySettings settings,
      SessionCookies cookies) {
    this.cookies = cookies;
    this.settings = settings;
    this.gate = gate;
    this.receiving = receiving;
    this.errors = errors;
    this.permits = permits;
  }

  @Override
  public void registerStompEndpoints(StompEndpointRegistry registry) {
    registry
        .addEndpoint("/ws")
        .setAllowedOrigins(settings.allowedOrigins().toArray(String[]::new))
        .addInterceptors(new HandshakeKeeper(cookies));
    registry.setErrorHandler(errors);
    registry.setPreserveReceiveOrder(true);
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry registry) {
    // Conversations are not relayed by a broker: Subscriptions serves them from the log.
    if (settings.stompRelay().isBlank()) {
      ThreadPoolTaskScheduler heartbeats = new ThreadPoolTaskScheduler();
      heartbeats.setPoolSize(1);
      heartbeats.setThreadNamePrefix("stomp-heartbeat-");
      heartbeats.initialize();
      registry
          .enableSimpleBroker(USER_QUEUES)
          .setHeartbeatValue(new long[] {HEARTBEAT_MILLIS, HEARTBEAT_MILLIS})
          .setTaskScheduler(heartbeats);
    } else {
      relay(registry.enableStompBrokerRelay(USER_QUEUES), URI.create(settings.stompRelay()));
    }
    registry.setApplicationDestinationPrefixes("/app");
    registry.setPreservePublishOrder(true);
  }

  private static void relay(StompBrokerRelayRegistration relay, URI broker) {
    relay
        .setRelayHost(broker.getHost())
        .setRelayPort(broker.getPort())
        .setSystemHeartbeatSendInterval(HEARTBEAT_MILLIS)
        .setSystemHeartbeatReceiveInterval(HEARTBEAT_MILLIS);
    if (broker.getUserInfo() != null) {
      String[] login = broker.getUserInfo().split(":", 2);
      relay
          .setClientLogin(login[0])
          .setClientPasscode(login[1])
          .setSystemLogin(login[0])
          .setSystemPasscode(login[1]);
    }
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
    registration.interceptors(gate, receiving).executor(virtualThreads("stomp-in-"));
  }

  @Override
  public void configureClientOutboundChannel(ChannelRegistration registration) {
    SimpleAsyncTaskExecutor others = virtualThreads("stomp-out-");
    // A stream has a thread of its own, which may wait for its client; a broker's may not.
    TaskExecutor onOwnThreads =
        task -> {
          if (Thread.currentThread().isVirtual()) {
            task.run();
          } else {
            others.execute(task);
          }
        };
    registration.interceptors(permits).executor(onOwnThreads);
  }

  private static SimpleAsyncTaskExecutor virtualThreads(String prefix) {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(prefix);
    executor.setVirtualThreads(true);
    return executor;
  }

  /** Remembers where a connection comes from, and whose page opened it. */
  private record HandshakeKeeper(SessionCookies cookies) implements HandshakeInterceptor {

    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes) {
      attributes.put(ADDRESS, request.getRemoteAddress().getAddress().getHostAddress());
      if (request instanceof ServletServerHttpRequest handshake) {
        String token = cookies.tokenOf(handshake.getServletRequest());
        if (token != null) {
          attributes.put(TOKEN, token);
        }
      }
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
