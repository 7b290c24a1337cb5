package io.colloquy.app.stomp;

import io.colloquy.app.access.Actors;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who is at the other end of a connection.
 *
 * @param token the token of the CONNECT frame
 * @param address the client's network address
 */
record StompPrincipal(Jwt token, @Nullable String address) implements Principal {

  @Override
  public String getName() {
    return Actors.userIdOf(token);
  }
}
