package io.colloquy.app.preference;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.ColloquyTest;
import io.colloquy.app.RestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ColloquyTest
class PreferenceTest {

  @LocalServerPort int port;

  @Test
  void preferencesAreKeptForTheirUserAlone() {
    RestClient admin = RestClient.signedIn("http://localhost:" + port, "admin");
    JsonNode kept =
        admin.put("/api/preferences", Map.of("theme", "dark", "columns", Map.of("a", 1))).json();
    assertThat(kept.at("/columns/a").asInt()).isEqualTo(1);

    RestClient again = RestClient.signedIn("http://localhost:" + port, "admin");
    assertThat(again.get("/api/preferences").json()).isEqualTo(kept);
    assertThat(again.sendRaw("PUT", "/api/preferences", "{\"columns\":null}").json().has("columns"))
        .isFalse();
    RestClient analyst = RestClient.signedIn("http://localhost:" + port, "auditor");
    assertThat(analyst.get("/api/preferences").json().has("theme")).isFalse();
  }

  @Test
  void whatCannotBeKeptIsNamed() {
    RestClient admin = RestClient.signedIn("http://localhost:" + port, "admin");
    RestClient.Answer refused = admin.put("/api/preferences", Map.of("a b", 1));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("a b");
    assertThat(admin.sendRaw("PUT", "/api/preferences", "[]").status()).isEqualTo(400);
  }
}
