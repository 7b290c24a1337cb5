package io.colloquy.app.process;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A real OpenID Connect provider, with one client and one user: ada, an analyst. */
record IdentityServer(ConfigurableApplicationContext context, RSAKey key) implements AutoCloseable {

  static final String CLIENT = "colloquy-page";
  static final String SECRET = "a secret of the page";
  static final String USER = "ada";
  static final String PASSWORD = "countess";

  /** So short that a test can wait for its end. */
  static final Duration TOKEN_LIFETIME = Duration.ofSeconds(5);

  static IdentityServer start(RSAKey key) {
    SpringApplicationBuilder server =
        new SpringApplicationBuilder(Parts.class)
            .properties(
                Map.of(
                    "server.port", "0",
                    "spring.config.name", "identity-server",
                    "logging.level.root", "warn"))
            .initializers(
                context ->
                    context
                        .getBeanFactory()
                        .registerSingleton("jwkSource", new ImmutableJWKSet<>(new JWKSet(key))));
    return new IdentityServer(server.run(), key);
  }

  /** Not the name the page is served under, so that it is another site to a browser. */
  String issuer() {
    var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Lets the page at an address be a client. */
  void register(String page) {
    RegisteredClient client =
        RegisteredClient.withId(CLIENT)
            .clientId(CLIENT)
            .clientSecret("{noop}" + SECRET)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .redirectUri(page + "/api/auth/callback")
            .scope("openid")
            .clientSettings(ClientSettings.builder().requireProofKey(true).build())
            .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_LIFETIME).build())
            .build();
    context.getBean(InMemoryRegisteredClientRepository.class).save(client);
  }

  @Override
  public void close() {
    context.close();
  }

  @EnableWebSecurity
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
  })
  static class Parts {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .build();
    }

    @Bean
    InMemoryRegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(
          List.of(
              RegisteredClient.withId("nobody")
                  .clientId("nobody")
                  .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                  .build()));
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername(USER).password("{noop}" + PASSWORD).roles("person").build());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> roles() {
      return token -> token.getClaims().claim("roles", List.of("analyst"));
    }

    @Bean
    JwtDecoder tokensOfItsOwn(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }
  }
}
