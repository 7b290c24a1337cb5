package io.colloquy.app.access;

import io.colloquy.app.config.ColloquySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The OpenID Connect issuer, as far as the page's people sign in there: the authorization code flow
 * with PKCE (RFC 7636), which the server carries out so that no token passes through the page.
 */
@Component
class IdentityProvider {

  private final ColloquySettings settings;
  private final Supplier<ClientRegistration> client;
  private final RestClientAuthorizationCodeTokenResponseClient codes =
      new RestClientAuthorizationCodeTokenResponseClient();
  private final RestClientRefreshTokenTokenResponseClient refreshTokens =
      new RestClientRefreshTokenTokenResponseClient();

  IdentityProvider(ColloquySettings settings) {
    this.settings = settings;
    // The issuer is asked what it offers when the first person signs in.
    this.client = SingletonSupplier.of(this::register);
  }

  /** What the issuer gave. */
  record Tokens(String access, Duration lifetime, @Nullable String refresh) {

    private static Tokens of(OAuth2AccessTokenResponse response) {
      OAuth2AccessToken access = response.getAccessToken();
      Instant issued = Objects.requireNonNull(access.getIssuedAt());
      Instant expires = Objects.requireNonNull(access.getExpiresAt());
      OAuth2RefreshToken refresh = response.getRefreshToken();
      return new Tokens(
          access.getTokenValue(),
          Duration.between(issued, expires),
          refresh == null ? null : refresh.getTokenValue());
    }
  }

  /** Whether the page is a client of an issuer. */
  boolean isThere() {
    return !settings.oidcClient().id().isBlank();
  }

  private ClientRegistration register() {
    var page = settings.oidcClient();
    boolean isPublic = page.secret().isBlank();
    return ClientRegistrations.fromIssuerLocation(Objects.requireNonNull(settings.oidcIssuer()))
        .clientId(page.id())
        .clientSecret(page.secret())
        .clientAuthenticationMethod(
            isPublic
                ? ClientAuthenticationMethod.NONE
                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .scope(page.scopes())
        .build();
  }

  /** Begins a sign-in: where the person goes, with the secrets that they must come back with. */
  OAuth2AuthorizationRequest begin(String state, String redirectUri, boolean anew) {
    OAuth2AuthorizationRequest.Builder request = request(state, redirectUri);
    OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
    if (anew) {
      request.additionalParameters(parameters -> parameters.put("prompt", "login"));
    }
    return request.build();
  }

  /** Changes the code that a person came back with for tokens. */
  Tokens exchange(SignIn signIn, String code, String redirectUri) {
    OAuth2AuthorizationRequest request =
        request(signIn.state(), redirectUri)
            .attributes(Map.of(PkceParameterNames.CODE_VERIFIER, signIn.verifier()))
            .build();
    OAuth2AuthorizationResponse response =
        OAuth2AuthorizationResponse.success(code)
            .redirectUri(redirectUri)
            .state(signIn.state())
            .build();
    return Tokens.of(
        codes.getTokenResponse(
            new OAuth2AuthorizationCodeGrantRequest(
                client.get(), new OAuth2AuthorizationExchange(request, response))));
  }

  /** Gets new tokens for those that no longer hold. */
  Tokens renew(String refreshToken) {
    Instant now = Instant.now();
    // Only the refresh token goes to the issuer; the request wants the access token's place filled.
    OAuth2AccessToken spent =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER, "spent", now.minusSeconds(1), now);
    return Tokens.of(
        refreshTokens.getTokenResponse(
            new OAuth2RefreshTokenGrantRequest(
                client.get(), spent, new OAuth2RefreshToken(refreshToken, null))));
  }

  private OAuth2AuthorizationRequest.Builder request(String state, String redirectUri) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .clientId(client.get().getClientId())
        .authorizationUri(
            Objects.requireNonNull(client.get().getProviderDetails().getAuthorizationUri()))
        .redirectUri(redirectUri)
        .scopes(client.get().getScopes())
        .state(state);
  }

  /**
   * A sign-in under way, which only the browser that began it can end.
   *
   * @param back where on the page to go on
   */
  record SignIn(String state, String verifier, String back) {}
}
