package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.InvocationDecision;
import io.colloquy.api.conversation.ConversationCommand.CancelTurn;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.CloseConversation;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.RenameConversation;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.api.conversation.ConversationQuery.Details;
import io.colloquy.api.conversation.ConversationQuery.FindConversation;
import io.colloquy.api.conversation.ConversationQuery.FindIssuedAction;
import io.colloquy.api.conversation.ConversationQuery.FindWidgetConversation;
import io.colloquy.api.conversation.ConversationQuery.IssuedAction;
import io.colloquy.api.json.Json;
import io.colloquy.api.preference.PreferenceCommand.ChangePreferences;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.app.access.RateLimits;
import io.colloquy.app.access.Refusals;
import io.colloquy.command.gateway.Commands;
import io.colloquy.query.conversation.Participants;
import io.colloquy.query.stream.ActionOutcomes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What clients do with conversations, the same over every transport. */
@Service
public class Conversations {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int LARGEST_PARAMS = 32 * 1024;

  private final Commands commands;
  private final QueryGateway queries;
  private final ActionOutcomes outcomes;
  private final Participants participants;
  private final Refusals refusals;
  private final RateLimits limits;

  Conversations(
      Commands commands,
      QueryGateway queries,
      ActionOutcomes outcomes,
      Participants participants,
      Refusals refusals,
      RateLimits limits) {
    this.limits = limits;
    this.participants = participants;
    this.commands = commands;
    this.queries = queries;
    this.outcomes = outcomes;
    this.refusals = refusals;
  }

  /**
   * A question as clients send it; {@code turn_id} may be left out.
   *
   * @param replaces the turn it is asked in place of
   */
  public record TurnRequest(
      @Nullable String turnId,
      @Nullable String content,
      @Nullable TurnMetadata metadata,
      @Nullable String replaces) {}

  /** An invocation as clients send it; {@code invocation_id} may be left out. */
  public record ActionRequest(
      @Nullable String invocationId,
      @Nullable String widgetId,
      @Nullable String actionId,
      @Nullable Map<String, Object> params,
      @Nullable UserContext userContext) {}

  /** A change of shared state as clients send it. */
  public record StateRequest(@Nullable String event, @Nullable Map<String, Object> data) {}

  /** Opens a conversation and answers with its id. */
  public String open(@Nullable String title, Actor actor) {
    String conversationId = UUID.randomUUID().toString();
    commands.send(new OpenConversation(conversationId, title, actor), actor);
    return conversationId;
  }

  /**
   * Lets the actor into the conversation of that id, which is opened when there is none.
   *
   * @throws Refusal when it is somebody else's
   */
  public void join(@Nullable String givenId, Actor actor) {
    String conversationId = needed(givenId, "session_id");
    try {
      participants.checkMayRead(actor, conversationId);
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.CONVERSATION_NOT_FOUND) {
        throw refusal;
      }
      openOrJoin(conversationId, actor);
    }
  }

  private void openOrJoin(String conversationId, Actor actor) {
    try {
      commands.send(new OpenConversation(conversationId, null, actor), actor);
    } catch (AggregateStreamCreationException openedMeanwhile) {
      participants.checkMayRead(actor, conversationId);
    }
  }

  /**
   * Takes over what a client says of its user beside the token: the sources later turns read, and
   * preferences. Nothing is recorded that is so already.
   */
  public void adopt(String conversationId, @Nullable UserContext context, Actor actor) {
    if (context == null) {
      return;
    }
    List<String> sources = context.activeSources();
    if (sources != null) {
      Details details =
          queries.query(new FindConversation(conversationId, 0), Details.class).join();
      if (details == null || !sources.equals(details.state().get("active_data_sources"))) {
        changeState(
            conversationId, new StateRequest("sources_update", Map.of("value", sources)), actor);
      }
    }
    if (context.preferences() != null) {
      commands.send(new ChangePreferences(actor.userId(), context.preferences()), actor);
    }
  }

  /** Submits a question and answers with the turn's id. */
  public String submit(String conversationId, TurnRequest request, Actor actor) {
    limits.count(RateLimits.Kind.TURN, actor.userId());
    String turnId = identifier(request.turnId(), "turn_id");
    String content = Objects.requireNonNullElse(request.content(), "");
    checkSize(request.metadata(), "metadata");
    commands.send(
        new SubmitTurn(
            conversationId, turnId, content, request.metadata(), request.replaces(), actor),
        actor);
    return turnId;
  }

  /** Gives a conversation another title. */
  public void rename(String conversationId, @Nullable String title, Actor actor) {
    commands.send(
        new RenameConversation(conversationId, title == null ? "" : title.strip(), actor), actor);
  }

  /** Stops an answer. */
  public void cancel(String conversationId, String turnId, Actor actor) {
    commands.send(new CancelTurn(conversationId, turnId, actor), actor);
  }

  /** Changes shared state. */
  public void changeState(String conversationId, StateRequest request, Actor actor) {
    limits.count(RateLimits.Kind.ACTION, actor.userId());
    checkSize(request.data(), "data");
    commands.send(
        new ChangeConversationState(
            conversationId,
            Objects.requireNonNullElse(request.event(), ""),
            Objects.requireNonNullElse(request.data(), Map.of()),
            actor),
        actor);
  }

  /** Closes a conversation for good. */
  public void close(String conversationId, Actor actor) {
    commands.send(new CloseConversation(conversationId, actor), actor);
  }

  /**
   * Invokes an action of a conversation; its outcome comes as a frame.
   *
   * @throws Refusal when it is refused, which is in the log then
   */
  public void invoke(String conversationId, ActionRequest request, Actor actor) {
    if (decide(conversationId, identifier(request.invocationId(), "invocation_id"), request, actor)
        instanceof InvocationDecision.Denied denied) {
      throw Refusal.of(denied);
    }
  }

  /**
   * Invokes an action, finding the widget's conversation, and waits for what it brings.
   *
   * @throws Refusal when it is refused, which is in the log then, or fails
   */
  public ObjectNode invokeAndWait(ActionRequest request, Actor actor) {
    String invocationId = identifier(request.invocationId(), "invocation_id");
    String widgetId = needed(request.widgetId(), "widget_id");
    String actionId = needed(request.actionId(), "action_id");
    String conversationId =
        queries.query(new FindWidgetConversation(widgetId), String.class).join();
    if (conversationId == null) {
      Refusal unknown = new Refusal(ErrorCode.WIDGET_NOT_FOUND, "There is no such widget.");
      refusals.noteUnknownWidget(actor, invocationId, widgetId, actionId, unknown.sentence());
      throw unknown;
    }
    return outcomes.await(
        conversationId, invocationId, () -> decide(conversationId, invocationId, request, actor));
  }

  private InvocationDecision decide(
      String conversationId, String invocationId, ActionRequest request, Actor actor) {
    limits.count(RateLimits.Kind.ACTION, actor.userId());
    checkSize(request.params(), "params");
    return commands.ask(
        new InvokeAction(
            conversationId,
            invocationId,
            needed(request.widgetId(), "widget_id"),
            needed(request.actionId(), "action_id"),
            Objects.requireNonNullElse(request.params(), Map.of()),
            actor),
        InvocationDecision.class,
        actor);
  }

  /**
   * Invokes an action by where it leads, as the reference guide's clients do: the one of the newest
   * live widget issued to the caller.
   *
   * @throws Refusal when no such widget offers it
   */
  public ObjectNode invokeAndWait(
      String endpoint, @Nullable String dataKey, ActionRequest request, Actor actor) {
    if (request.widgetId() != null && request.actionId() != null) {
      return invokeAndWait(request, actor);
    }
    IssuedAction action =
        queries
            .query(new FindIssuedAction(actor.userId(), endpoint, dataKey), IssuedAction.class)
            .join();
    if (action == null) {
      throw new Refusal(ErrorCode.NOT_PERMITTED, "No widget of yours offers this action now.");
    }
    return invokeAndWait(
        new ActionRequest(
            request.invocationId(), action.widgetId(), action.actionId(), request.params(), null),
        actor);
  }

  private static String identifier(@Nullable String given, String name) {
    return given == null ? UUID.randomUUID().toString() : needed(given, name);
  }

  private static String needed(@Nullable String given, String name) {
    if (given == null || !IDENTIFIER.matcher(given).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "\"%s\" must be 1 to 64 letters, digits, dots, colons, dashes or underscores."
              .formatted(name));
    }
    return given;
  }

  private static void checkSize(@Nullable Object value, String name) {
    try {
      if (value != null && Json.MAPPER.writeValueAsBytes(value).length > LARGEST_PARAMS) {
        throw new Refusal(ErrorCode.MESSAGE_TOO_LONG, "\"" + name + "\" is larger than 32 KiB.");
      }
    } catch (JacksonException cannotBeWritten) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "\"" + name + "\" holds a number that is out of range.");
    }
  }
}
