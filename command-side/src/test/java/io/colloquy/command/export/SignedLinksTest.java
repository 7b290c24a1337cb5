package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedLinksTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String EXPORT = "5cf8c286-3121-3493-9c76-6a19896e5d36";

  @Test
  void aLinkLeadsToItsFileAndEndsWithItsName() {
    String link = links(NOW).to(EXPORT, "q2.csv", "manager");

    assertThat(link).startsWith("https://chat.example/api/exports/").endsWith("/q2.csv");
    assertThat(links(NOW).check(token(link), "q2.csv"))
        .isEqualTo(new SignedLinks.Grant(EXPORT, "manager"));
  }

  @Test
  void aLinkThatWasChangedIsRefused() {
    String token = token(links(NOW).to(EXPORT, "q2.csv", "manager"));

    for (String forged : List.of(token.replace('5', '6'), token + "x", "a.b.c", "", "a.b.c.d")) {
      assertThatThrownBy(() -> links(NOW).check(forged, "q2.csv"))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LINK_INVALID));
    }
    assertThatThrownBy(() -> links(NOW).check(token, "other.csv")).isInstanceOf(Refusal.class);
  }

  @Test
  void aLinkExpires() {
    String token = token(links(NOW).to(EXPORT, "q2.csv", "manager"));

    assertThatThrownBy(() -> links(NOW.plus(Duration.ofMinutes(16))).check(token, "q2.csv"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LINK_EXPIRED));
  }

  private static SignedLinks links(Instant now) {
    return new SignedLinks(
        new ExportSettings("https://chat.example", Duration.ofMinutes(15), new byte[] {1, 2, 3}),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static String token(String link) {
    return link.split("/")[5];
  }
}
