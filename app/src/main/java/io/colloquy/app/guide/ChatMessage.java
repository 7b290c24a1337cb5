package io.colloquy.app.guide;

import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.app.conversation.UserContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client on {@code /ai/chat}. Which parts it needs depends on the type: {@code auth}
 * takes {@code token} or {@code user_context}, and {@code last_seq} to go on after a frame; {@code
 * message} takes {@code content} and {@code metadata}; {@code action} an action's ids and params;
 * {@code cancel} a {@code turn_id}; {@code state} an {@code event} and {@code data}, whose events
 * may be types themselves, such as {@code filter_update}.
 */
record ChatMessage(
    @Nullable String type,
    @Nullable String token,
    @Nullable UserContext userContext,
    @Nullable Long lastSeq,
    @Nullable String turnId,
    @Nullable String content,
    @Nullable TurnMetadata metadata,
    @Nullable String event,
    @Nullable Map<String, Object> data,
    @Nullable String key,
    @Nullable Object value,
    @Nullable String invocationId,
    @Nullable String widgetId,
    @Nullable String actionId,
    @Nullable Map<String, Object> params) {}
