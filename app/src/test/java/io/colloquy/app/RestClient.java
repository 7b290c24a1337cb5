package io.colloquy.app;

import io.colloquy.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the REST API that sends exactly what it is told. */
public record RestClient(String base, @Nullable String token) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer. */
  public record Answer(int status, String type, String text) {
    public JsonNode json() {
      return Json.MAPPER.readTree(text);
    }

    public String code() {
      return json().path("code").asString();
    }
  }

  public static RestClient signedIn(String base, String user) {
    Answer answer =
        new RestClient(base, null)
            .post("/api/auth/token", Map.of("username", user, "password", "demo"));
    return new RestClient(base, answer.json().get("access_token").asString());
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, Object body) {
    return postRaw(path, Json.MAPPER.writeValueAsString(body));
  }

  public Answer postRaw(String path, String body) {
    return sendRaw("POST", path, body);
  }

  public Answer put(String path, Object body) {
    return sendRaw("PUT", path, Json.MAPPER.writeValueAsString(body));
  }

  public Answer sendRaw(String method, String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  /** Sends a file as a browser's form does. */
  public Answer upload(String filename, byte[] content, Map<String, String> fields) {
    String boundary = "----" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) ->
            body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, name, value)
                    .getBytes(StandardCharsets.UTF_8)));
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(boundary, filename)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request("/api/sources")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public String openConversation() {
    return post("/api/conversations", Map.of()).json().get("conversation_id").asString();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
