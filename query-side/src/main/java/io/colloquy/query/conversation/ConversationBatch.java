package io.colloquy.query.conversation;

import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.conversation.ConversationEvent;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationRenamed;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.TurnsReplaced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** Many events folded into the few rows they change, so that each table takes one statement. */
final class ConversationBatch {

  record Opened(String conversationId, String owner, @Nullable String title, String at) {}

  record Submitted(
      String conversationId, String turnId, long seq, String actor, String content, String at) {}

  /**
   * What changes in a conversation's row.
   *
   * @param title what it is called where it has no title
   * @param renamed what it is called from now on
   */
  record Touched(
      String conversationId,
      String at,
      long seq,
      boolean closed,
      @Nullable String title,
      @Nullable String renamed) {

    Touched until(String at, long seq) {
      return new Touched(conversationId, at, seq, closed, title, renamed);
    }

    Touched titled(String title) {
      return new Touched(
          conversationId, at, seq, closed, this.title == null ? title : this.title, renamed);
    }

    Touched renamed(String title) {
      return new Touched(conversationId, at, seq, closed, this.title, title);
    }

    Touched ended() {
      return new Touched(conversationId, at, seq, true, title, renamed);
    }
  }

  /** A turn that no longer counts. */
  record Replaced(String conversationId, String turnId, String by) {}

  /** What changes in a turn's row. */
  record Progress(String conversationId, String turnId, String delta, @Nullable String status) {}

  private static final int LONGEST_TITLE = 80;

  final List<Opened> opened = new ArrayList<>();
  final List<Submitted> submitted = new ArrayList<>();
  final List<Replaced> replaced = new ArrayList<>();
  final List<ConversationStateChanged> stateChanges = new ArrayList<>();
  private final Map<String, Touched> touched = new LinkedHashMap<>();
  private final Map<List<String>, Progress> progress = new LinkedHashMap<>();

  static ConversationBatch of(List<EventMessage<?>> events) {
    ConversationBatch batch = new ConversationBatch();
    for (EventMessage<?> event : events) {
      if (event instanceof DomainEventMessage<?> message
          && message.getPayload() instanceof ConversationEvent payload
          && payload.conversationId() != null) {
        batch.add(payload, payload.conversationId(), message);
      }
    }
    return batch;
  }

  List<Touched> touched() {
    return List.copyOf(touched.values());
  }

  List<Progress> progress() {
    return List.copyOf(progress.values());
  }

  private void add(
      ConversationEvent payload, String conversationId, DomainEventMessage<?> message) {
    String at = message.getTimestamp().toString();
    long seq = message.getSequenceNumber();
    touch(conversationId, before -> before.until(at, seq));
    switch (payload) {
      case ConversationOpened event ->
          opened.add(new Opened(conversationId, event.owner(), event.title(), at));
      case TurnSubmitted event -> {
        String actor = ActorMetadata.actorIn(message.getMetaData()).userId();
        submitted.add(
            new Submitted(conversationId, event.turnId(), seq, actor, event.content(), at));
        touch(conversationId, before -> before.titled(titleFrom(event.content())));
      }
      case ConversationRenamed event ->
          touch(conversationId, before -> before.renamed(event.title()));
      case TurnsReplaced event ->
          event
              .turnIds()
              .forEach(turnId -> replaced.add(new Replaced(conversationId, turnId, event.by())));
      case AnswerTextAppended event ->
          progress(conversationId, event.turnId(), event.delta(), null);
      case TurnCompleted event -> progress(conversationId, event.turnId(), "", "completed");
      case TurnFailed event -> progress(conversationId, event.turnId(), "", "failed");
      case TurnCancelled event -> progress(conversationId, event.turnId(), "", "cancelled");
      case ConversationStateChanged event -> stateChanges.add(event);
      case ConversationClosed event -> touch(conversationId, Touched::ended);
      default -> {
        // Of interest to other projections only.
      }
    }
  }

  private void touch(String conversationId, UnaryOperator<Touched> change) {
    Touched before =
        touched.getOrDefault(conversationId, new Touched(conversationId, "", 0, false, null, null));
    touched.put(conversationId, change.apply(before));
  }

  private void progress(
      String conversationId, String turnId, String delta, @Nullable String status) {
    progress.merge(
        List.of(conversationId, turnId),
        new Progress(conversationId, turnId, delta, status),
        (before, next) ->
            new Progress(
                conversationId,
                turnId,
                before.delta() + next.delta(),
                next.status() == null ? before.status() : next.status()));
  }

  private static String titleFrom(String question) {
    String line = question.strip().lines().findFirst().orElse("");
    return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE - 1) + "…";
  }
}
