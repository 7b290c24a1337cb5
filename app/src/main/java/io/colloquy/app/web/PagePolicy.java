package io.colloquy.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The page's Content-Security-Policy. Scripts come from this server alone; the one inline script is
 * the import map, which browsers accept in no other form, and it is allowed by its hash.
 */
@Component
public class PagePolicy {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private final String policy;

  PagePolicy() {
    this.policy =
        "default-src 'self'; script-src 'self' 'sha256-%s'; style-src 'self'; img-src 'self' data:;"
                .formatted(importMapHash())
            + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  /** The policy, as the header's value. */
  public String contentSecurityPolicy() {
    return policy;
  }

  private static String importMapHash() {
    try {
      String page =
          new ClassPathResource("static/index.html").getContentAsString(StandardCharsets.UTF_8);
      Matcher map = IMPORT_MAP.matcher(page);
      if (!map.find()) {
        throw new IllegalStateException("index.html has no import map");
      }
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(map.group(1).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
