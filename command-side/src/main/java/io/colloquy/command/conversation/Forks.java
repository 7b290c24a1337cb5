package io.colloquy.command.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation.Carried;
import io.colloquy.api.conversation.ConversationEvent;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.CitationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationForked;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.json.Json;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.command.gateway.Commands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Begins conversations with the past of others. The other is only read. Its widgets become new ones
 * with ids of their own, and with those of their actions that the new owner is permitted.
 */
@Component
public class Forks {

  /** In JSON an opening quote alone is followed by a letter or digit, whatever the text before. */
  private static final Pattern QUOTED_ID =
      Pattern.compile("\"([A-Za-z0-9][A-Za-z0-9._:-]{0,63})\"");

  /** Whose content it is that the server did by itself. */
  private static final String NOBODY = "system";

  private final EventStore log;
  private final Commands commands;

  Forks(EventStore log, Commands commands) {
    this.log = log;
    this.commands = commands;
  }

  /**
   * Forks a conversation.
   *
   * @param atSeq the last event of it that is carried over; absent for all
   * @return the new conversation's id
   * @throws Refusal when there is no such conversation or place
   */
  public String fork(String origin, @Nullable Long atSeq, @Nullable String title, Actor actor) {
    String conversationId = UUID.randomUUID().toString();
    Past past = new Past(origin, conversationId, actor);
    long last = -1;
    var events = log.readEvents(origin, 0);
    while (events.hasNext()) {
      DomainEventMessage<?> message = events.next();
      if (atSeq != null && message.getSequenceNumber() > atSeq) {
        break;
      }
      last = message.getSequenceNumber();
      past.add(message);
    }
    if (last < 0) {
      throw new Refusal(
          ErrorCode.CONVERSATION_NOT_FOUND, "There is no such conversation, or nothing before.");
    }
    commands.send(
        new ForkConversation(conversationId, title, origin, last, past.carried, actor), actor);
    return conversationId;
  }

  /** What is carried over. */
  private static final class Past {

    private final Map<String, String> ids = new HashMap<>();
    private final List<Carried> carried = new ArrayList<>();
    private final Actor owner;

    Past(String origin, String conversationId, Actor owner) {
      this.owner = owner;
      ids.put(origin, conversationId);
    }

    void add(DomainEventMessage<?> message) {
      if (!(message.getPayload() instanceof ConversationEvent event)) {
        return;
      }
      switch (event) {
        case ConversationOpened ignored -> {}
        case ConversationForked ignored -> {}
        case ConversationClosed ignored -> {}
        // What others tried, or looked at, they did there.
        case ActionDenied ignored -> {}
        case CitationOpened ignored -> {}
        case WidgetGenerated widget -> {
          ids.put(widget.descriptor().widgetId(), UUID.randomUUID().toString());
          carry(permitted(widget), message);
        }
        default -> carry(event, message);
      }
    }

    private WidgetGenerated permitted(WidgetGenerated event) {
      WidgetDescriptor widget = event.descriptor();
      return new WidgetGenerated(
          event.conversationId(),
          event.turnId(),
          event.invocationId(),
          event.dataKey(),
          widget.withActions(
              widget.actions().stream()
                  .filter(action -> owner.holdsAnyOf(action.permissions()))
                  .toList()));
    }

    private void carry(ConversationEvent event, DomainEventMessage<?> message) {
      String json =
          QUOTED_ID
              .matcher(Json.MAPPER.writeValueAsString(event))
              .replaceAll(id -> "\"" + ids.getOrDefault(id.group(1), id.group(1)) + "\"");
      carried.add(
          new Carried(
              Json.MAPPER.readValue(json, event.getClass()),
              message.getSequenceNumber(),
              Objects.requireNonNullElse(ActorMetadata.subjectIn(message.getMetaData()), NOBODY)));
    }
  }
}
