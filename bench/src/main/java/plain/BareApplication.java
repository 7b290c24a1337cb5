package plain;

import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.websocket.autoconfigure.servlet.WebSocketMessagingAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import reactor.core.publisher.Flux;

/** A chat whose answers are streamed and forgotten. */
@SpringBootConfiguration
@ImportAutoConfiguration({
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  WebSocketMessagingAutoConfiguration.class
})
@Import({BareApplication.Broker.class, BareApplication.Chat.class})
public class BareApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    var context =
        new SpringApplicationBuilder(BareApplication.class)
            .properties(
                Map.of(
                    "spring.config.name", "bare",
                    "spring.threads.virtual.enabled", "true",
                    "logging.level.root", "warn"))
            .run(arguments);
    var server = ((WebServerApplicationContext) context).getWebServer();
    System.out.println("ready: http://localhost:" + (server == null ? 0 : server.getPort()));
  }

  /** Spring's own broker, as its guides set it up. */
  @EnableWebSocketMessageBroker
  static class Broker implements WebSocketMessageBrokerConfigurer {

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
      registry.addEndpoint("/ws");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
      registry.enableSimpleBroker("/topic");
      registry.setApplicationDestinationPrefixes("/app");
      registry.setPreservePublishOrder(true);
    }
  }

  /** Answers with what the model says. */
  @Controller
  static class Chat {

    private final SimpMessagingTemplate clients;
    private final ChatClient model = ChatClient.create(new Words());

    Chat(SimpMessagingTemplate clients) {
      this.clients = clients;
    }

    @MessageMapping("/conversations/{id}/turns")
    void ask(@DestinationVariable String id, @Payload Map<String, Object> turn) {
      String topic = "/topic/conversations/" + id;
      String turnId = String.valueOf(turn.get("turn_id"));
      model.prompt().user(String.valueOf(turn.get("content"))).stream()
          .content()
          .toStream()
          .forEach(
              word ->
                  clients.convertAndSend(
                      topic, (Object) Map.of("turn_id", turnId, "type", "text", "content", word)));
      clients.convertAndSend(topic, (Object) Map.of("turn_id", turnId, "type", "done"));
    }

    @MessageMapping("/conversations/{id}/state")
    void say(@DestinationVariable String id, @Payload Map<String, Object> state) {
      clients.convertAndSend(
          "/topic/conversations/" + id,
          (Object) Map.of("type", "state", "content", state, "seq", 1));
    }
  }

  /** A model that needs no time. */
  private static final class Words implements ChatModel {

    private static final List<String> ANSWER =
        List.of("Total ", "revenue ", "in ", "2024 ", "was ", "$1,234,567.");

    @Override
    public ChatResponse call(Prompt prompt) {
      return response(String.join("", ANSWER));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.fromIterable(ANSWER).map(Words::response);
    }

    private static ChatResponse response(String text) {
      return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
    }
  }
}
