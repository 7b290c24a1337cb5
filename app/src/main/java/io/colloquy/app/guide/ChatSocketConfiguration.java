package io.colloquy.app.guide;

import io.colloquy.app.config.ColloquySettings;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Puts the WebSocket at {@code /ai/chat}, where a POST asks too: only a request to upgrade is the
 * socket's.
 */
@Configuration
class ChatSocketConfiguration {

  @Bean
  WebSocketHandlerMapping chatSocketMapping(ChatSocket socket, ColloquySettings settings) {
    WebSocketHttpRequestHandler handler = new WebSocketHttpRequestHandler(socket);
    handler.setHandshakeInterceptors(
        List.of(new OriginHandshakeInterceptor(settings.allowedOrigins())));
    WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
    mapping.setWebSocketUpgradeMatch(true);
    mapping.setUrlMap(Map.of("/ai/chat", handler));
    mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return mapping;
  }
}
