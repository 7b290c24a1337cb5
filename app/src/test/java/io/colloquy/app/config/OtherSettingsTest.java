package io.colloquy.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.app.RestClient;
import io.colloquy.app.StompClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import tools.jackson.databind.JsonNode;

/** An installation that is set up otherwise: short-lived cards, exports in S3, a page elsewhere. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "colloquy.home=target/home-${random.uuid}",
      "colloquy.widget-lifetimes.card=1s",
      "colloquy.expiry-interval=200ms",
      "colloquy.allowed-origins=https://chat.example.com",
      "colloquy.s3-bucket=exports"
    })
@DirtiesContext
class OtherSettingsTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final S3Proxy S3 = s3();

  @LocalServerPort int port;
  @Autowired S3Client bucket;

  private static S3Proxy s3() {
    try {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(BlobStores.create("transient-nio2", new Properties()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
              .ignoreUnknownHeaders(true)
              .build();
      server.start();
      return server;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Region and credentials are found where Amazon's own tools find them. */
  @DynamicPropertySource
  static void s3Settings(DynamicPropertyRegistry settings) {
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    String endpoint = "http://127.0.0.1:" + S3.getPort();
    S3ClientBuilder builder =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    try (S3Client client = builder.build()) {
      client.createBucket(bucket -> bucket.bucket("exports"));
    }
    settings.add("colloquy.s3-endpoint", () -> endpoint);
  }

  @AfterAll
  static void stop() throws Exception {
    S3.stop();
    for (String name : List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey")) {
      System.clearProperty(name);
    }
  }

  private String base() {
    return "http://localhost:" + port;
  }

  @Test
  void anExpiredWidgetIsGoneForItsActionsAndOthersLiveOn() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "viewer");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      JsonNode card = ask(stomp, conversation, "t-1", "hello");
      JsonNode over =
          stomp
              .until(frame -> frame.at("/content/event").asString("").equals("widget_expired"))
              .getLast();
      assertThat(over.at("/content/data/widget_id").asString())
          .isEqualTo(card.get("widget_id").asString());

      RestClient.Answer gone = rest.post("/api/widget/action", invocation(card));
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.code()).isEqualTo("widget_expired");
      assertThat(rest.post("/api/widget/hello", Map.of()).status()).isEqualTo(403);

      JsonNode navigation = ask(stomp, conversation, "t-2", "Go to the sales dashboard");
      assertThat(rest.post("/api/widget/action", invocation(navigation)).status()).isEqualTo(200);
    }
  }

  @Test
  void anExportLiesInTheBucketAndIsFetchedThroughItsLink() throws Exception {
    RestClient rest = RestClient.signedIn(base(), "exporter");
    String conversation = rest.openConversation();
    try (StompClient stomp = new StompClient(base(), rest.token())) {
      stomp.subscribe(conversation, -1);
      JsonNode chart = ask(stomp, conversation, "t-1", "Sales by region");
      JsonNode download = rest.post("/api/widget/action", invocation(chart)).json();
      assertThat(bucket.listObjectsV2(list -> list.bucket("exports")).contents())
          .singleElement()
          .satisfies(
              object -> {
                assertThat(object.key()).startsWith("exports/");
                assertThat(object.size()).isEqualTo(download.get("bytes").asLong());
              });
      RestClient.Answer file = new RestClient(base(), null).get(download.get("url").asString());
      assertThat(file.text()).startsWith("Region,Revenue ($)").contains("North");
    }
  }

  @Test
  void aPageOfAnAllowedOriginMayCallAndOthersMayNot() throws Exception {
    assertThat(preflight("https://chat.example.com").headers().map())
        .containsEntry("access-control-allow-origin", List.of("https://chat.example.com"));
    assertThat(preflight("https://evil.example.com").statusCode()).isEqualTo(403);

    for (String path : List.of("/ws", "/ai/chat?session_id=s")) {
      handshake(path, "https://chat.example.com").abort();
      assertThatThrownBy(() -> handshake(path, "https://evil.example.com"))
          .hasStackTraceContaining("Unexpected HTTP response status code 403");
    }
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base() + "/api/conversations"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .build(),
        BodyHandlers.ofString());
  }

  private WebSocket handshake(String path, String origin) {
    return HTTP.newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(
            URI.create(base().replaceFirst("http", "ws") + path), new WebSocket.Listener() {})
        .join();
  }

  private static JsonNode ask(StompClient stomp, String conversation, String turn, String question)
      throws InterruptedException {
    stomp.ask(conversation, turn, question);
    return stomp
        .until(frame -> frame.get("type").asString().equals("widget"))
        .getLast()
        .get("content");
  }

  private static Map<String, Object> invocation(JsonNode widget) {
    return Map.of(
        "widget_id", widget.get("widget_id").asString(),
        "action_id", widget.at("/actions/0/action_id").asString());
  }
}
