package io.colloquy.app.guide;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the URL of a connection says: {@code /ai/chat?session_id=…&last_seq=…}.
 *
 * @param sessionId the conversation
 * @param lastSeq the last frame the client has seen, absent to begin with what is new
 */
record ChatUrl(@Nullable String sessionId, @Nullable Long lastSeq) {

  static ChatUrl of(@Nullable URI uri) {
    if (uri == null) {
      return new ChatUrl(null, null);
    }
    MultiValueMap<String, String> query =
        UriComponentsBuilder.fromUri(uri).build().getQueryParams();
    String lastSeq = query.getFirst("last_seq");
    return new ChatUrl(
        query.getFirst("session_id"),
        lastSeq != null && lastSeq.matches("-1|\\d{1,18}") ? Long.valueOf(lastSeq) : null);
  }
}
