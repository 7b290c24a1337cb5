package io.colloquy.query.stream;

import io.colloquy.api.frame.Frame;
import io.colloquy.api.json.Json;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A frame as bytes, made once and sent to every client.
 *
 * @param seq the event's place in its conversation
 * @param json the frame; empty for an event that has none
 */
@SuppressWarnings(
    "ArrayRecordComponent") // The same bytes go to every client; frames are never compared.
public record EncodedFrame(long seq, byte[] json) {

  private static final byte[] NONE = {};

  static EncodedFrame of(DomainEventMessage<?> message) {
    Frame frame = FrameMapping.frameOf(message);
    return new EncodedFrame(
        message.getSequenceNumber(), frame == null ? NONE : Json.MAPPER.writeValueAsBytes(frame));
  }

  /** Whether the event has a frame at all. */
  public boolean isPresent() {
    return json.length > 0;
  }
}
