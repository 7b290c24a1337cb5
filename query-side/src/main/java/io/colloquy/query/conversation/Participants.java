package io.colloquy.query.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/**
 * Who may read a conversation: its owner, and auditors. Answered from the log's first event, which
 * never changes, so that a conversation can be read the moment it is opened.
 */
@Component
public class Participants {

  private final EventStore log;
  private final Cache<String, String> owners = Caffeine.newBuilder().maximumSize(100_000).build();

  /** Participants as the log knows them. */
  public Participants(EventStore log) {
    this.log = log;
  }

  /**
   * Lets the actor read the conversation, or refuses.
   *
   * @throws Refusal when the conversation does not exist or is somebody else's
   */
  public void checkMayRead(Actor actor, String conversationId) {
    if (!owns(actor.userId(), conversationId) && !actor.holds(Permissions.AUDITOR)) {
      throw new Refusal(ErrorCode.NOT_A_PARTICIPANT, "You do not take part in this conversation.");
    }
  }

  /**
   * Whether it is the user's own conversation: nobody can be shut out of theirs, whatever else they
   * may do.
   *
   * @throws Refusal when the conversation does not exist
   */
  public boolean owns(String userId, String conversationId) {
    String owner = owners.getIfPresent(conversationId);
    if (owner == null) {
      owner = ownerInLog(conversationId);
      owners.put(conversationId, owner);
    }
    return owner.equals(userId);
  }

  private String ownerInLog(String conversationId) {
    var events = log.readEvents(conversationId, 0);
    if (events.hasNext() && events.next().getPayload() instanceof ConversationOpened opened) {
      return opened.owner();
    }
    throw new Refusal(ErrorCode.CONVERSATION_NOT_FOUND, "There is no such conversation.");
  }
}
