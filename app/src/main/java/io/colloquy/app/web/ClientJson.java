package io.colloquy.app.web;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what clients send over connections, as strictly as REST does. */
@Component
public class ClientJson {

  private final JsonMapper json;

  ClientJson(JsonMapper json) {
    this.json = json;
  }

  /**
   * Reads a JSON object.
   *
   * @param what how to call it in a sentence to the client
   * @throws Refusal when it is none, or a field has the wrong type
   */
  public <T> T read(byte @Nullable [] sent, Class<T> type, String what) {
    try {
      T request = sent == null ? null : json.readValue(sent, type);
      if (request == null) {
        throw new Refusal(ErrorCode.INVALID_REQUEST, "The " + what + " must be a JSON object.");
      }
      return request;
    } catch (StreamReadException malformed) {
      throw new Refusal(ErrorCode.MALFORMED_JSON, "The " + what + " is not valid JSON.");
    } catch (JacksonException wrongShape) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "A field of the " + what + " has the wrong type.");
    }
  }
}
