package io.colloquy.app.config;

import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.widget.WidgetLifetimes;
import io.colloquy.db.embedded.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 * @param s3Bucket keeps exported files; empty keeps them in the home folder
 * @param s3Endpoint an S3-compatible server other than Amazon's
 * @param widgetLifetimes how long widgets act, by their type; {@code default} for the others
 * @param allowedOrigins pages of other origins that may use the API
 * @param linkLifetime how long a download link works
 * @param tokenLifetime how long a local token works
 */
@ConfigurationProperties("colloquy")
public record ColloquySettings(
    Path home,
    @Nullable String databaseUrl,
    @DefaultValue("") String publicUrl,
    @Nullable String oidcIssuer,
    @DefaultValue("") String s3Bucket,
    @DefaultValue("") String s3Endpoint,
    @DefaultValue Map<String, Duration> widgetLifetimes,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("15m") Duration linkLifetime,
    @DefaultValue("1h") Duration tokenLifetime) {

  private static final Duration WEEK = Duration.ofDays(7);

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
    lifetimesOfWidgets(widgetLifetimes);
    allowedOrigins.stream()
        .filter(origin -> !origin.matches("https?://[^/*]+"))
        .findFirst()
        .ifPresent(
            origin -> {
              throw new SettingsException(
                  "COLLOQUY_ALLOWED_ORIGINS must list origins such as https://chat.example.com, but has \""
                      + origin
                      + "\".");
            });
  }

  /** How long widgets act. */
  WidgetLifetimes lifetimesOfWidgets() {
    return lifetimesOfWidgets(widgetLifetimes);
  }

  private static WidgetLifetimes lifetimesOfWidgets(Map<String, Duration> settings) {
    Map<WidgetType, Duration> byType = new EnumMap<>(WidgetType.class);
    Duration otherwise = WEEK;
    for (Map.Entry<String, Duration> setting : settings.entrySet()) {
      String name = setting.getKey();
      if (!setting.getValue().isPositive()) {
        throw new SettingsException(
            "colloquy.widget-lifetimes."
                + name
                + " must be longer than nothing, such as 1h or 7d.");
      }
      if (name.equals("default")) {
        otherwise = setting.getValue();
      } else {
        byType.put(widgetType(name), setting.getValue());
      }
    }
    return new WidgetLifetimes(byType, otherwise);
  }

  private static WidgetType widgetType(String name) {
    return Arrays.stream(WidgetType.values())
        .filter(type -> type.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingsException(
                    "colloquy.widget-lifetimes."
                        + name
                        + " names no widget type; use default, chart, table, form, card, navigation or custom."));
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
