package io.colloquy.app.config;

import io.colloquy.api.widget.WidgetType;
import io.colloquy.app.access.RateLimits;
import io.colloquy.command.model.ModelSettings;
import io.colloquy.command.widget.WidgetLifetimes;
import io.colloquy.db.embedded.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The product's own settings.
 *
 * @param home holds everything kept on this machine
 * @param databaseUrl a PostgreSQL server's URL; empty starts the embedded one
 * @param ownerDatabaseUrl the same database as the role that owns its tables, for migrations; empty
 *     when the other URL's role does
 * @param publicUrl what links in answers start with; empty makes them relative
 * @param oidcIssuer the OpenID Connect issuer whose tokens are accepted; empty for local demo users
 * @param oidcClient who the page is to that issuer
 * @param s3Bucket keeps exported files; empty keeps them in the home folder
 * @param s3Endpoint an S3-compatible server other than Amazon's
 * @param llm the model that plans and answers; without one the embedded planner does
 * @param data the database questions are asked of instead of the sample data
 * @param widgetLifetimes how long widgets act, by their type; {@code default} for the others
 * @param stompRelay a STOMP broker that carries what is meant for single users, such as {@code
 *     stomp://user:password@host:61613}; empty keeps that in the process
 * @param allowedOrigins pages of other origins that may use the API
 * @param limits how often somebody may do something
 * @param linkLifetime how long a download link works
 * @param tokenLifetime how long a local token works
 */
@ConfigurationProperties("colloquy")
public record ColloquySettings(
    Path home,
    @Nullable String databaseUrl,
    @Nullable String ownerDatabaseUrl,
    @DefaultValue("") String publicUrl,
    @Nullable String oidcIssuer,
    @DefaultValue OidcClient oidcClient,
    @DefaultValue("") String s3Bucket,
    @DefaultValue("") String s3Endpoint,
    @DefaultValue LanguageModel llm,
    @DefaultValue ExternalDatabase data,
    @DefaultValue Map<String, Duration> widgetLifetimes,
    @DefaultValue("") String stompRelay,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue Limits limits,
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
    ownerDatabaseUrl = isSet(ownerDatabaseUrl) ? ownerDatabaseUrl : null;
    if (ownerDatabaseUrl != null && !isSet(databaseUrl)) {
      throw new SettingsException(
          "COLLOQUY_OWNER_DATABASE_URL is set without DATAFLOW_DATABASE_URL. Set both, or unset it.");
    }
    if (!oidcClient.id().isBlank() && !isSet(oidcIssuer)) {
      throw new SettingsException(
          "COLLOQUY_OIDC_CLIENT_ID is set, but COLLOQUY_OIDC_ISSUER is not: say whose client it is, or unset it.");
    }
    if (!stompRelay.isBlank()
        && !stompRelay.matches("stomp://([^:@/]+:[^@/]*@)?[^:@/]+:\\d{1,5}")) {
      throw new SettingsException(
          "COLLOQUY_STOMP_RELAY must be a broker's address such as stomp://user:password@host:61613.");
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

  /**
   * The page as a client of the OpenID Connect issuer. Without an id people sign in elsewhere, and
   * the page cannot be used.
   *
   * @param id the client's id
   * @param secret its secret; empty for a public client, which PKCE protects
   * @param scopes what is asked for; some issuers give refresh tokens for {@code offline_access}
   *     only
   */
  public record OidcClient(
      @DefaultValue("") String id,
      @DefaultValue("") String secret,
      @DefaultValue("openid") List<String> scopes) {}

  /**
   * How often somebody may do something in a minute.
   *
   * @param signIns attempts to sign in from one network address
   * @param addressRequests requests and connections from one network address
   * @param requests requests of one user
   * @param turns questions of one user
   * @param actions actions and changes of shared state of one user
   */
  public record Limits(
      @DefaultValue("30") int signIns,
      @DefaultValue("3000") int addressRequests,
      @DefaultValue("600") int requests,
      @DefaultValue("60") int turns,
      @DefaultValue("240") int actions) {

    /** Checks that something is allowed at all. */
    public Limits {
      if (Math.min(Math.min(signIns, addressRequests), Math.min(requests, Math.min(turns, actions)))
          < 1) {
        throw new SettingsException("colloquy.limits must each be 1 or more a minute.");
      }
    }

    /** The limit of one kind of use. */
    public int of(RateLimits.Kind kind) {
      return switch (kind) {
        case SIGN_IN -> signIns;
        case ADDRESS -> addressRequests;
        case REQUEST -> requests;
        case TURN -> turns;
        case ACTION -> actions;
      };
    }
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

  /**
   * A model. Plan, repair and answer must fit into a turn's deadline together, or the embedded
   * planner gets no chance.
   *
   * @param provider openai, anthropic or ollama; openai when only a key is set
   * @param apiKey its key
   * @param model its name; empty for the provider's usual one
   * @param baseUrl where it is; empty for the provider's own
   * @param firstWord how long its first word may take
   * @param pause how long it may pause between words
   * @param attempts how often it is asked before it is given up
   */
  public record LanguageModel(
      @DefaultValue("") String provider,
      @DefaultValue("") String apiKey,
      @DefaultValue("") String model,
      @DefaultValue("") String baseUrl,
      @DefaultValue("9s") Duration firstWord,
      @DefaultValue("9s") Duration pause,
      @DefaultValue("2") int attempts) {

    /** Checks what belongs together. */
    public LanguageModel {
      boolean asked = !provider.isBlank() || !apiKey.isBlank();
      if (!asked && !(model.isBlank() && baseUrl.isBlank())) {
        throw new SettingsException(
            "LLM_MODEL or LLM_BASE_URL is set, but no model is asked: set LLM_API_KEY, or LLM_PROVIDER=ollama, or unset them.");
      }
      if (!provider.isBlank() && !List.of("openai", "anthropic", "ollama").contains(provider)) {
        throw new SettingsException(
            "LLM_PROVIDER must be openai, anthropic or ollama, but is \"" + provider + "\".");
      }
      if (List.of("openai", "anthropic").contains(provider)
          && apiKey.isBlank()
          && baseUrl.isBlank()) {
        throw new SettingsException(
            "LLM_PROVIDER is %s, which needs LLM_API_KEY (or LLM_BASE_URL of a server that asks for none)."
                .formatted(provider));
      }
      if (!baseUrl.isBlank() && !baseUrl.matches("https?://.+")) {
        throw new SettingsException(
            "LLM_BASE_URL must start with http:// or https://, but is \"" + baseUrl + "\".");
      }
      if (!firstWord.isPositive() || !pause.isPositive() || attempts < 1 || attempts > 10) {
        throw new SettingsException(
            "colloquy.llm.first-word and pause must be longer than nothing, and attempts 1 to 10.");
      }
    }

    /** What the settings ask for, empty for no model. */
    Optional<ModelSettings> settings() {
      if (provider.isBlank() && apiKey.isBlank()) {
        return Optional.empty();
      }
      String of = provider.isBlank() ? "openai" : provider;
      return Optional.of(
          new ModelSettings(
              ModelSettings.Provider.valueOf(of.toUpperCase(Locale.ROOT)),
              apiKey,
              baseUrl.isBlank() ? null : baseUrl,
              model.isBlank() ? null : model,
              firstWord,
              pause,
              attempts));
    }
  }

  /**
   * A database that is brought, and only read.
   *
   * @param url its PostgreSQL URL; empty for the sample data
   * @param schema where its tables are
   * @param catalogue a YAML file that describes them; empty to have that guessed
   */
  public record ExternalDatabase(
      @DefaultValue("") String url,
      @DefaultValue("public") String schema,
      @DefaultValue("") String catalogue) {

    /** Checks what belongs together. */
    public ExternalDatabase {
      if (url.isBlank() && !catalogue.isBlank()) {
        throw new SettingsException(
            "COLLOQUY_CATALOGUE is set, but COLLOQUY_DATA_URL is not: say which database it describes.");
      }
    }
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
