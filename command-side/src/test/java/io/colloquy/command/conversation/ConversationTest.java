package io.colloquy.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.action.InvocationDecision;
import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.CancelTurn;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.CloseConversation;
import io.colloquy.api.conversation.ConversationCommand.CompleteAction;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.widget.ActionType;
import io.colloquy.api.widget.WidgetAction;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.matchers.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private static final Actor MANAGER = new Actor("manager", Set.of("viewer", "manager"), null);
  private static final Actor STRANGER = new Actor("viewer", Set.of("viewer"), null);
  private static final Actor AUDITOR = new Actor("auditor", Set.of("auditor"), null);
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final ConversationOpened OPENED = new ConversationOpened("c", "manager", null);
  private static final TurnSubmitted SUBMITTED = new TurnSubmitted("c", "t", "Q2 sales", null);
  private static final DataQuery QUERY =
      new DataQuery("sales", List.of("revenue"), List.of("region"), List.of(), List.of(), null);
  private static final DataQueried QUERIED =
      new DataQueried("c", "t", null, "k", QUERY, "select", 4, List.of(), "digest");
  private static final WidgetAction DRILL =
      new WidgetAction(
          "drill", "View Details", ActionType.API_CALL, Map.of(), List.of("manager", "analyst"));
  private static final WidgetAction EXPORT =
      new WidgetAction(
          "export", "Export CSV", ActionType.DOWNLOAD, Map.of(), List.of("data_exporter"));
  private static final WidgetAction SEARCH =
      new WidgetAction("search", "Search", ActionType.SUBMIT, Map.of(), List.of());
  private static final WidgetGenerated CARD =
      widget(
          new WidgetData.Card("Revenue", "d", null, "1", null, null),
          WidgetType.CARD,
          "k",
          "w",
          DRILL,
          EXPORT);
  private static final WidgetGenerated FORM =
      widget(
          new WidgetData.Form(
              "search",
              null,
              List.of(
                  new WidgetData.Form.Field(
                      "revenue_min", "number", "Min", null, false, null, null)),
              "Search"),
          WidgetType.FORM,
          null,
          "f",
          SEARCH);

  private FixtureConfiguration<Conversation> conversation;

  @BeforeEach
  void fixture() {
    conversation = new AggregateTestFixture<>(Conversation.class);
    conversation.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void whoeverMayConverseOpensAConversation() {
    conversation
        .givenNoPriorActivity()
        .when(new OpenConversation("c", null, MANAGER))
        .expectEvents(OPENED);
  }

  @Test
  void anAuditorOpensNone() {
    conversation
        .givenNoPriorActivity()
        .when(new OpenConversation("c", null, AUDITOR))
        .expectException(Matchers.predicate(refusal(ErrorCode.READ_ONLY)))
        .expectNoEvents();
  }

  @Test
  void aQuestionStartsATurn() {
    conversation
        .given(OPENED)
        .when(new SubmitTurn("c", "t", "Q2 sales", null, MANAGER))
        .expectEvents(SUBMITTED);
  }

  @Test
  void aQuestionSentAgainHasNoSecondEffect() {
    conversation
        .given(OPENED, SUBMITTED)
        .when(new SubmitTurn("c", "t", "Q2 sales", null, MANAGER))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
    conversation
        .given(
            OPENED, SUBMITTED, new TurnCompleted("c", "t", "embedded", null, new Timings(0, 0, 0)))
        .when(new SubmitTurn("c", "t", "Q2 sales", null, MANAGER))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void strangersAskNothing() {
    conversation
        .given(OPENED)
        .when(new SubmitTurn("c", "t", "Q2 sales", null, STRANGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.NOT_A_PARTICIPANT)))
        .expectNoEvents();
  }

  @Test
  void anEmptyOrOversizedQuestionIsRefused() {
    conversation
        .given(OPENED)
        .when(new SubmitTurn("c", "t", " \n ", null, MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.EMPTY_MESSAGE)));
    conversation
        .given(OPENED)
        .when(new SubmitTurn("c", "t", "é".repeat(8 * 1024), null, MANAGER))
        .expectSuccessfulHandlerExecution();
    conversation
        .given(OPENED)
        .when(new SubmitTurn("c", "t", "é".repeat(8 * 1024) + "!", null, MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.MESSAGE_TOO_LONG)));
  }

  @Test
  void aClosedConversationTakesNoTurns() {
    conversation
        .given(OPENED)
        .when(new CloseConversation("c", MANAGER))
        .expectEvents(new ConversationClosed("c"));
    conversation
        .given(OPENED, new ConversationClosed("c"))
        .when(new SubmitTurn("c", "t", "Q2 sales", null, MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.CONVERSATION_CLOSED)));
  }

  @Test
  void textIsAppendedOnlyWhereTheAnswerEnds() {
    AnswerTextAppended hello = new AnswerTextAppended("c", "t", 0, "Hello");
    conversation
        .given(OPENED, SUBMITTED, hello)
        .when(new AppendAnswer("c", "t", 5, " there"))
        .expectEvents(new AnswerTextAppended("c", "t", 5, " there"));
    conversation
        .given(OPENED, SUBMITTED, hello)
        .when(new AppendAnswer("c", "t", 0, "Hello"))
        .expectNoEvents();
  }

  @Test
  void eachStepOfATurnIsRecordedOnce() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED)
        .when(new RecordDataQuery("c", "t", null, "k", QUERY, "select", 4, List.of(), "digest"))
        .expectNoEvents();
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new IssueWidget("c", "t", null, 0, "k", CARD.descriptor()))
        .expectResultMessagePayload(false)
        .expectNoEvents();
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new IssueWidget("c", "t", null, 1, null, FORM.descriptor()))
        .expectResultMessagePayload(true)
        .expectEvents(FORM);
  }

  @Test
  void aTurnEndsOnce() {
    conversation
        .given(OPENED, SUBMITTED)
        .when(new CancelTurn("c", "t", MANAGER))
        .expectEvents(new TurnCancelled("c", "t"));
    conversation
        .given(OPENED, SUBMITTED, new TurnCancelled("c", "t"))
        .when(new CompleteTurn("c", "t", "embedded", null, new Timings(0, 0, 0)))
        .expectNoEvents();
    conversation
        .given(OPENED, SUBMITTED, new TurnCancelled("c", "t"))
        .when(new FailTurn("c", "t", ErrorCode.TIMEOUT, "late"))
        .expectNoEvents();
    conversation
        .given(OPENED)
        .when(new CancelTurn("c", "never", MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.TURN_NOT_FOUND)));
  }

  @Test
  void anIssuedActionRunsForWhoMayRunIt() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "w", "drill", Map.of("selected_item", "North"), MANAGER))
        .expectResultMessagePayload(new InvocationDecision.Accepted(false))
        .expectEvents(
            new ActionAuthorized(
                "c", "t", "i", "w", DRILL, Map.of("selected_item", "North"), QUERY));
  }

  @Test
  void anActionWithoutItsPermissionIsRefusedAndTheRefusalIsAnEvent() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "w", "export", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i",
                "w",
                "export",
                ErrorCode.NOT_PERMITTED,
                "This action needs one of these permissions: data_exporter."));
  }

  @Test
  void aForgedActionOrWidgetIsRefusedAndTheRefusalIsAnEvent() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "w", "forged", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i", "w", "forged", ErrorCode.ACTION_NOT_FOUND, "This widget has no such action."));
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "forged", "drill", Map.of(), MANAGER))
        .expectEvents(
            new ActionDenied(
                "c",
                null,
                "i",
                "forged",
                "drill",
                ErrorCode.WIDGET_NOT_FOUND,
                "There is no such widget in this conversation.",
                List.of()));
  }

  @Test
  void aStrangersInvocationIsRefusedAndTheRefusalIsAnEvent() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "w", "drill", Map.of(), STRANGER))
        .expectEvents(
            denied(
                "i",
                "w",
                "drill",
                ErrorCode.NOT_A_PARTICIPANT,
                "You do not take part in this conversation."));
  }

  @Test
  void anExpiredWidgetsActionIsRefused() {
    FixtureConfiguration<Conversation> later = new AggregateTestFixture<>(Conversation.class);
    later.registerInjectableResource(Clock.fixed(NOW.plusSeconds(3601), ZoneOffset.UTC));
    later
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", "w", "drill", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i",
                "w",
                "drill",
                ErrorCode.WIDGET_EXPIRED,
                "This widget has expired. Please ask again."));
  }

  @Test
  void aRepeatedInvocationGetsTheFirstDecision() {
    ActionAuthorized first = new ActionAuthorized("c", "t", "i", "w", DRILL, Map.of(), QUERY);
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, first)
        .when(new InvokeAction("c", "i", "w", "drill", Map.of(), MANAGER))
        .expectResultMessagePayload(new InvocationDecision.Accepted(true))
        .expectNoEvents();
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, first)
        .when(new InvokeAction("c", "i", "w", "export", Map.of(), MANAGER))
        .expectResultMessagePayload(
            new InvocationDecision.Denied(
                ErrorCode.IDENTIFIER_REUSED,
                "This invocation_id was already used for another action.",
                List.of()))
        .expectNoEvents();
  }

  @Test
  void anActionCompletesOnce() {
    ActionAuthorized authorized = new ActionAuthorized("c", "t", "i", "w", DRILL, Map.of(), QUERY);
    ActionResult result = new ActionResult.Success("ok");
    ActionCompleted completed = new ActionCompleted("c", "t", "i", "w", "drill", result);
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, authorized)
        .when(new CompleteAction("c", "i", result))
        .expectEvents(completed);
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, authorized, completed)
        .when(new CompleteAction("c", "i", result))
        .expectNoEvents();
  }

  @Test
  void aFormWithWrongValuesIsRefusedFieldByField() {
    conversation
        .given(OPENED, SUBMITTED, FORM)
        .when(
            new InvokeAction(
                "c",
                "i",
                "f",
                "search",
                Map.of("form_data", Map.of("revenue_min", "much")),
                MANAGER))
        .expectEvents(
            new ActionDenied(
                "c",
                "t",
                "i",
                "f",
                "search",
                ErrorCode.INVALID_PARAMS,
                "Some fields need another look.",
                List.of(new FieldError("revenue_min", "Please give a number."))));
  }

  @Test
  void sharedStateChangesInKnownWaysOnly() {
    Map<String, Object> north = Map.of("key", "region", "value", "North");
    conversation
        .given(OPENED)
        .when(new ChangeConversationState("c", "filter_update", north, MANAGER))
        .expectEvents(new ConversationStateChanged("c", "filter_update", north));
    conversation
        .given(OPENED)
        .when(new ChangeConversationState("c", "grant_admin", north, MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.INVALID_REQUEST)));
  }

  @Test
  void aRefusalNamesItsCode() {
    assertThat(new Refusal(ErrorCode.WIDGET_EXPIRED, "gone").code().httpStatus()).isEqualTo(410);
  }

  private static Predicate<Throwable> refusal(ErrorCode code) {
    return failure -> failure instanceof Refusal refusal && refusal.code() == code;
  }

  private static ActionDenied denied(
      String invocation, String widget, String action, ErrorCode reason, String message) {
    return new ActionDenied("c", "t", invocation, widget, action, reason, message, List.of());
  }

  private static WidgetGenerated widget(
      WidgetData data,
      WidgetType type,
      @Nullable String dataKey,
      String id,
      WidgetAction... actions) {
    return new WidgetGenerated(
        "c",
        "t",
        null,
        dataKey,
        new WidgetDescriptor(
            "widget",
            id,
            type,
            data,
            new WidgetDescriptor.WidgetConfig(true, true, false, false),
            List.of(actions),
            new WidgetDescriptor.WidgetMetadata(
                List.of(), NOW.toString(), NOW.plusSeconds(3600).toString(), null, "manager")));
  }
}
