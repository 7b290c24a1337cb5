package io.colloquy.bench;

import io.colloquy.api.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;

/** Requests to Colloquy. */
record Rest(String base, String token) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Rest signedIn(String base, String user) throws Exception {
    JsonNode answer =
        new Rest(base, "")
            .post("/api/auth/token", "{\"username\":\"%s\",\"password\":\"demo\"}".formatted(user));
    return new Rest(base, answer.get("access_token").asString());
  }

  JsonNode post(String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return Json.MAPPER.readTree(HTTP.send(request.build(), BodyHandlers.ofString()).body());
  }

  String openConversation() throws Exception {
    return post("/api/conversations", "{}").get("conversation_id").asString();
  }
}
