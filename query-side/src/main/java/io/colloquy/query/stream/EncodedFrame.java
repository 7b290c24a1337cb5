package io.colloquy.query.stream;

import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.frame.Frame;
import io.colloquy.api.json.Json;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * A frame as bytes, made once and sent to every client.
 *
 * @param seq the event's place in its conversation
 * @param turnId the turn it belongs to, if any
 * @param endsTurn whether the turn is over with it
 * @param json the frame; empty for an event that has none
 * @param trace what says which trace its event belongs to; empty when it belongs to none
 */
@SuppressWarnings(
    "ArrayRecordComponent") // The same bytes go to every client; frames are never compared.
public record EncodedFrame(
    long seq, @Nullable String turnId, boolean endsTurn, byte[] json, MetaData trace) {

  private static final byte[] NONE = {};

  /** The W3C's name for it. */
  private static final String TRACE_PARENT = "traceparent";

  /** Something else that is numbered and sent like a frame. */
  public static EncodedFrame of(long number, byte[] json) {
    return new EncodedFrame(number, null, false, json, MetaData.emptyInstance());
  }

  static EncodedFrame of(DomainEventMessage<?> message) {
    Frame frame = FrameMapping.frameOf(message);
    return frame == null
        ? new EncodedFrame(message.getSequenceNumber(), null, false, NONE, MetaData.emptyInstance())
        : new EncodedFrame(
            frame.seq(),
            frame.turnId(),
            endsTurn(message.getPayload()),
            Json.MAPPER.writeValueAsBytes(frame),
            message.getMetaData().subset(TRACE_PARENT));
  }

  private static boolean endsTurn(Object event) {
    return event instanceof TurnCompleted
        || event instanceof TurnFailed
        || event instanceof TurnCancelled;
  }

  /** Whether the event has a frame at all. */
  public boolean isPresent() {
    return json.length > 0;
  }
}
