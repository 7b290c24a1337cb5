package io.colloquy.api.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Citation;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetDescriptor;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a conversation. Commands of people carry their actor; commands of the
 * server's own work on a turn or action do not. Each command repeated has no second effect.
 */
public sealed interface ConversationCommand {

  /** The conversation it is meant for. */
  String conversationId();

  /** Begins a conversation. */
  record OpenConversation(
      @TargetAggregateIdentifier String conversationId, @Nullable String title, Actor actor)
      implements ConversationCommand {}

  /**
   * Begins a conversation with what was said in another.
   *
   * @param carried the events of the other that are carried over, already made this one's
   */
  record ForkConversation(
      @TargetAggregateIdentifier String conversationId,
      @Nullable String title,
      String origin,
      long originSeq,
      List<Carried> carried,
      Actor actor)
      implements ConversationCommand {

    /**
     * An event of another conversation.
     *
     * @param seq its place there
     * @param subject whose content it holds
     */
    public record Carried(ConversationEvent event, long seq, String subject) {}
  }

  /** Gives a conversation another title. */
  record RenameConversation(
      @TargetAggregateIdentifier String conversationId, String title, Actor actor)
      implements ConversationCommand {}

  /**
   * Asks a question.
   *
   * @param replaces the turn it is asked in place of; that one and those after it no longer count
   */
  record SubmitTurn(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      String content,
      @Nullable TurnMetadata metadata,
      @Nullable String replaces,
      Actor actor)
      implements ConversationCommand {

    /** Asks a question after all others. */
    public SubmitTurn(
        String conversationId,
        String turnId,
        String content,
        @Nullable TurnMetadata metadata,
        Actor actor) {
      this(conversationId, turnId, content, metadata, null, actor);
    }
  }

  /** Records how the question was understood. */
  record RecordIntent(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      String planner,
      TurnPlan plan)
      implements ConversationCommand {}

  /** Adds a piece of text; ignored unless the answer is exactly {@code offset} characters long. */
  record AppendAnswer(
      @TargetAggregateIdentifier String conversationId, String turnId, int offset, String delta)
      implements ConversationCommand {}

  /** Records that data was read; ignored when its key is known already. */
  record RecordDataQuery(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      @Nullable String invocationId,
      String dataKey,
      DataQuery query,
      String sql,
      long rowCount,
      List<SourceReference> sources,
      String resultDigest)
      implements ConversationCommand {}

  /** Records a detail of how a turn was answered; ignored when the turn has it already. */
  record RecordTurnDetail(@TargetAggregateIdentifier String conversationId, TurnDetail detail)
      implements ConversationCommand {}

  /**
   * Issues a widget; ignored unless {@code position} widgets were issued for the same cause before.
   */
  record IssueWidget(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      @Nullable String invocationId,
      int position,
      @Nullable String dataKey,
      WidgetDescriptor descriptor)
      implements ConversationCommand {}

  /** Names the sources. */
  record AttachCitations(
      @TargetAggregateIdentifier String conversationId, String turnId, List<Citation> citations)
      implements ConversationCommand {}

  /** Notes that somebody looks at what is behind a citation. */
  record OpenCitation(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      int number,
      int page,
      Actor actor)
      implements ConversationCommand {}

  /** Ends a turn well. */
  record CompleteTurn(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      String planner,
      @Nullable String model,
      @Nullable TokenUsage tokens,
      Timings timings)
      implements ConversationCommand {}

  /** Ends a turn that cannot be answered. */
  record FailTurn(
      @TargetAggregateIdentifier String conversationId,
      String turnId,
      ErrorCode code,
      String message)
      implements ConversationCommand {}

  /** Stops an answer. */
  record CancelTurn(@TargetAggregateIdentifier String conversationId, String turnId, Actor actor)
      implements ConversationCommand {}

  /** Changes shared state. */
  record ChangeConversationState(
      @TargetAggregateIdentifier String conversationId,
      String event,
      Map<String, Object> data,
      Actor actor)
      implements ConversationCommand {}

  /** Invokes an action; answered with an {@link io.colloquy.api.action.InvocationDecision}. */
  record InvokeAction(
      @TargetAggregateIdentifier String conversationId,
      String invocationId,
      String widgetId,
      String actionId,
      Map<String, Object> params,
      Actor actor)
      implements ConversationCommand {}

  /** Records an action's result. */
  record CompleteAction(
      @TargetAggregateIdentifier String conversationId, String invocationId, ActionResult result)
      implements ConversationCommand {}

  /** Records that an action could not be carried out. */
  record FailAction(
      @TargetAggregateIdentifier String conversationId,
      String invocationId,
      ErrorCode code,
      String message)
      implements ConversationCommand {}

  /** Stores a form's accepted values. */
  record SubmitForm(
      @TargetAggregateIdentifier String conversationId,
      String invocationId,
      String widgetId,
      String formId,
      Map<String, Object> values)
      implements ConversationCommand {}

  /** Says that a widget's time is over; ignored before it is. */
  record ExpireWidget(@TargetAggregateIdentifier String conversationId, String widgetId)
      implements ConversationCommand {}

  /** Closes a conversation. */
  record CloseConversation(@TargetAggregateIdentifier String conversationId, Actor actor)
      implements ConversationCommand {}
}
