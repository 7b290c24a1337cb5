package io.colloquy.command.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Links that let their holder fetch one file for a short time. The whole grant stands in the path,
 * so that a link still ends with the file's name.
 */
@Component
public class SignedLinks {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final ExportSettings settings;
  private final Clock clock;

  /** Links signed with the settings' key. */
  public SignedLinks(ExportSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A verified link.
   *
   * @param exportId the export it leads to
   * @param userId whom it was made for
   */
  public record Grant(String exportId, String userId) {}

  /** A link to an export's file, made for one user. */
  String to(String exportId, String filename, String userId) {
    long expires = clock.instant().plus(settings.linkLifetime()).getEpochSecond();
    String user = ENCODER.encodeToString(userId.getBytes(StandardCharsets.UTF_8));
    String grant = exportId + "." + user + "." + expires;
    return "%s/api/exports/%s.%s/%s"
        .formatted(settings.publicUrl(), grant, signature(grant, filename), filename);
  }

  /**
   * Checks the path of a link.
   *
   * @throws Refusal when the link was not made here or is too old
   */
  public Grant check(String token, String filename) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 4) {
      throw invalid();
    }
    String grant = parts[0] + "." + parts[1] + "." + parts[2];
    byte[] expected = signature(grant, filename).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, parts[3].getBytes(StandardCharsets.UTF_8))) {
      throw invalid();
    }
    if (clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(parts[2])))) {
      throw new Refusal(ErrorCode.LINK_EXPIRED, "This link has expired. Please export again.");
    }
    return new Grant(
        parts[0], new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
  }

  private static Refusal invalid() {
    return new Refusal(ErrorCode.LINK_INVALID, "This link is not valid.");
  }

  private String signature(String grant, String filename) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(settings.linkKey(), "HmacSHA256"));
      return ENCODER.encodeToString(
          mac.doFinal((grant + "/" + filename).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
