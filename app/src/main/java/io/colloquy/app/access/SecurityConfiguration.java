package io.colloquy.app.access;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.colloquy.api.access.Permissions;
import io.colloquy.app.config.ColloquySettings;
import io.colloquy.app.config.InstallationSecret;
import io.colloquy.app.web.PagePolicy;
import io.colloquy.app.web.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Every request of the API carries a bearer token; the page's own files and signed links do not.
 */
@Configuration
class SecurityConfiguration {

  private static final String NO_DEVICES =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private static final String HMAC = "HmacSHA256";

  @Bean
  SecurityFilterChain apiSecurity(
      HttpSecurity http,
      Problems problems,
      PagePolicy page,
      RateLimits limits,
      Refusals refusals,
      Actors actors)
      throws Exception {
    AuthenticationEntryPoint signIn =
        (request, response, failure) -> problems.write(response, Actors.refusalOf(failure));
    AuthorizationManager<RequestAuthorizationContext> operators =
        (user, request) ->
            new AuthorizationDecision(
                user.get() instanceof JwtAuthenticationToken token
                    && actors.of(token.getToken(), null).holds(Permissions.ADMIN));
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/api/auth/**", "/api/exports/**")
                    .permitAll()
                    .requestMatchers("/api/**")
                    .authenticated()
                    // The WebSocket there asks for the token in its first message.
                    .requestMatchers(HttpMethod.GET, "/ai/chat")
                    .permitAll()
                    .requestMatchers(
                        "/",
                        "/index.html",
                        "/app/**",
                        "/webjars/**",
                        "/favicon.svg",
                        "/ws",
                        "/schema/**",
                        "/actuator/health")
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .access(operators)
                    .anyRequest()
                    .authenticated())
        .oauth2ResourceServer(server -> server.jwt(jwt -> {}).authenticationEntryPoint(signIn))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(signIn))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new RateLimitFilter(limits, problems, refusals, false),
            BearerTokenAuthenticationFilter.class)
        .addFilterAfter(
            new RateLimitFilter(limits, problems, refusals, true),
            BearerTokenAuthenticationFilter.class)
        // The page's cookie counts for the page's own requests only: see SessionCookies.
        .csrf(csrf -> csrf.disable())
        .cors(Customizer.withDefaults())
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy -> policy.policyDirectives(page.contentSecurityPolicy()))
                    .referrerPolicy(policy -> {})
                    .permissionsPolicyHeader(policy -> policy.policy(NO_DEVICES))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .crossOriginResourcePolicy(
                        policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
        .build();
  }

  /** Pages of other origins may call only when they are told to; the page itself needs nothing. */
  @Bean
  CorsConfigurationSource corsConfigurationSource(ColloquySettings settings) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    if (!settings.allowedOrigins().isEmpty()) {
      CorsConfiguration others = new CorsConfiguration();
      others.setAllowedOrigins(settings.allowedOrigins());
      others.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
      others.setAllowedHeaders(List.of("Authorization", "Content-Type"));
      others.setExposedHeaders(List.of("X-Session-Id", "Content-Disposition"));
      source.registerCorsConfiguration("/**", others);
    }
    return source;
  }

  @Bean
  JwtDecoder jwtDecoder(ColloquySettings settings, InstallationSecret secret) {
    if (!settings.localUsers()) {
      return JwtDecoders.fromIssuerLocation(Objects.requireNonNull(settings.oidcIssuer()));
    }
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret.keyFor("tokens"), HMAC))
            .macAlgorithm(MacAlgorithm.HS256)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(Duration.ZERO),
            new JwtIssuerValidator(TokenController.LOCAL_ISSUER)));
    return decoder;
  }

  @Bean
  @ConditionalOnBean(LocalUsers.class)
  JwtEncoder jwtEncoder(InstallationSecret secret) {
    return new NimbusJwtEncoder(new ImmutableSecret<>(secret.keyFor("tokens")));
  }
}
