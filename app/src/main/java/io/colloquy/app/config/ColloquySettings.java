package io.colloquy.app.config;

import io.colloquy.db.embedded.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The product's own settings.
 *
 * @param home holds everything kept on this machine
 * @param databaseUrl a PostgreSQL server's URL; empty starts the embedded one
 * @param publicUrl what links in answers start with; empty makes them relative
 * @param oidcIssuer the OpenID Connect issuer whose tokens are accepted; empty for local demo users
 * @param linkLifetime how long a download link works
 * @param tokenLifetime how long a local token works
 */
@ConfigurationProperties("colloquy")
public record ColloquySettings(
    Path home,
    @Nullable String databaseUrl,
    @DefaultValue("") String publicUrl,
    @Nullable String oidcIssuer,
    @DefaultValue("15m") Duration linkLifetime,
    @DefaultValue("1h") Duration tokenLifetime) {

  /** Checks what belongs together. */
  public ColloquySettings {
    if (isSet(databaseUrl) && !isSet(oidcIssuer)) {
      throw new SettingsException(
          "DATAFLOW_DATABASE_URL is set, and demo users exist only with the embedded database."
              + " Set COLLOQUY_OIDC_ISSUER to the OpenID Connect issuer of your users, or unset DATAFLOW_DATABASE_URL.");
    }
    if (!publicUrl.isEmpty() && !publicUrl.matches("https?://.+")) {
      throw new SettingsException(
          "NEXUS_API_URL must start with http:// or https://, but is \"" + publicUrl + "\".");
    }
    publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /** Whether the embedded database is used. */
  public boolean embedded() {
    return !isSet(databaseUrl);
  }

  /** Whether the local demo users exist. */
  public boolean localUsers() {
    return embedded() && !isSet(oidcIssuer);
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
