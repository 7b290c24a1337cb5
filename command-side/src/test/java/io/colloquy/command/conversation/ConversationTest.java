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
import io.colloquy.api.conversation.ConversationCommand.ExpireWidget;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.RenameConversation;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationRenamed;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.TurnsReplaced;
import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Timings;
import io.colloquy.api.turn.TurnMetadata;
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
import org.hamcrest.CoreMatchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private static final Actor MANAGER = new Actor("manager", Set.of("viewer", "manager"), null);
  private static final Actor STRANGER = new Actor("viewer", Set.of("viewer"), null);
  private static final Actor AUDITOR = new Actor("auditor", Set.of("auditor"), null);
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String WIDGET = "3f0cbb5e-6a55-4c0a-9f53-0d4d3b1f9a10";
  private static final String FORM_WIDGET = "b7f4a1de-52c8-4e63-8d0a-6a2c0e9d7f11";

  private static final ConversationOpened OPENED = new ConversationOpened("c", "manager", null);
  private static final TurnSubmitted SUBMITTED = new TurnSubmitted("c", "t", "Q2 sales", null);
  private static final TurnCompleted ANSWERED =
      new TurnCompleted("c", "t", "embedded", null, null, new Timings(0, 0, 0));
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
          WIDGET,
          DRILL,
          EXPORT);
  private static final WidgetGenerated FORM =
      widget(
          new WidgetData.Form(
              "search",
              null,
              List.of(
                  new WidgetData.Form.Field(
                      "revenue_min", WidgetData.FieldType.NUMBER, "Min", null, false, null, null)),
              "Search"),
          WidgetType.FORM,
          null,
          FORM_WIDGET,
          SEARCH);

  private static final WidgetAction SAVE =
      new WidgetAction("save", "Save", ActionType.SUBMIT, Map.of("confirm", true), List.of());
  private static final WidgetAction ASK =
      new WidgetAction("ask", "Confirm", ActionType.DIALOG, Map.of("confirms", "save"), List.of());
  private static final WidgetGenerated ENTRY =
      widget(
          new WidgetData.Form("entry", null, List.of(), "Save"),
          WidgetType.FORM,
          null,
          FORM_WIDGET,
          ASK,
          SAVE);
  private static final OnlyKnownFormsAreFilledIn FORMS =
      (metadata, actor) -> {
        if (metadata != null && "no_such_form".equals(metadata.formId())) {
          throw new Refusal(ErrorCode.INVALID_PARAMS, "There is no such form.");
        }
      };

  private FixtureConfiguration<Conversation> conversation;

  @BeforeEach
  void fixture() {
    conversation = new AggregateTestFixture<>(Conversation.class);
    conversation.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    conversation.registerInjectableResource(FORMS);
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
        .given(OPENED, SUBMITTED, ANSWERED)
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
        .when(new CompleteTurn("c", "t", "embedded", null, null, new Timings(0, 0, 0)))
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
        .when(
            new InvokeAction("c", "i", WIDGET, "drill", Map.of("selected_item", "North"), MANAGER))
        .expectResultMessagePayload(new InvocationDecision.Accepted(false))
        .expectEvents(
            new ActionAuthorized(
                "c", "t", "i", WIDGET, DRILL, Map.of("selected_item", "North"), QUERY));
  }

  @Test
  void anActionWithoutItsPermissionIsRefusedAndTheRefusalIsAnEvent() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", WIDGET, "export", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i",
                WIDGET,
                "export",
                ErrorCode.NOT_PERMITTED,
                "This action needs one of these permissions: data_exporter."));
  }

  @Test
  void aForgedActionOrWidgetIsRefusedAndTheRefusalIsAnEvent() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD)
        .when(new InvokeAction("c", "i", WIDGET, "forged", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i",
                WIDGET,
                "forged",
                ErrorCode.ACTION_NOT_FOUND,
                "This widget has no such action."));
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
        .when(new InvokeAction("c", "i", WIDGET, "drill", Map.of(), STRANGER))
        .expectEvents(
            denied(
                "i",
                WIDGET,
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
        .when(new InvokeAction("c", "i", WIDGET, "drill", Map.of(), MANAGER))
        .expectEvents(
            denied(
                "i",
                WIDGET,
                "drill",
                ErrorCode.WIDGET_EXPIRED,
                "This widget has expired. Please ask again."));
  }

  @Test
  void aRepeatedInvocationGetsTheFirstDecision() {
    ActionAuthorized first = new ActionAuthorized("c", "t", "i", WIDGET, DRILL, Map.of(), QUERY);
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, first)
        .when(new InvokeAction("c", "i", WIDGET, "drill", Map.of(), MANAGER))
        .expectResultMessagePayload(new InvocationDecision.Accepted(true))
        .expectNoEvents();
    conversation
        .given(OPENED, SUBMITTED, QUERIED, CARD, first)
        .when(new InvokeAction("c", "i", WIDGET, "export", Map.of(), MANAGER))
        .expectResultMessagePayload(
            new InvocationDecision.Denied(
                ErrorCode.IDENTIFIER_REUSED,
                "This invocation_id was already used for another action.",
                List.of()))
        .expectNoEvents();
  }

  @Test
  void anActionCompletesOnce() {
    ActionAuthorized authorized =
        new ActionAuthorized("c", "t", "i", WIDGET, DRILL, Map.of(), QUERY);
    ActionResult result = new ActionResult.Success("ok");
    ActionCompleted completed = new ActionCompleted("c", "t", "i", WIDGET, "drill", result);
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
                FORM_WIDGET,
                "search",
                Map.of("form_data", Map.of("revenue_min", "much")),
                MANAGER))
        .expectEvents(
            new ActionDenied(
                "c",
                "t",
                "i",
                FORM_WIDGET,
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
  void aQuestionWithTheValuesOfAnUnknownFormIsRefused() {
    conversation
        .given(OPENED)
        .when(
            new SubmitTurn("c", "t", "Filter", new TurnMetadata("no_such_form", Map.of()), MANAGER))
        .expectException(Matchers.predicate(refusal(ErrorCode.INVALID_PARAMS)))
        .expectNoEvents();
  }

  @Test
  void aWidgetThatIsNotAsItsSchemaDemandsIsNotIssued() {
    for (WidgetGenerated wrong :
        List.of(
            widget(
                new WidgetData.Custom("hologram", "Revenue", Map.of()),
                WidgetType.CUSTOM,
                null,
                WIDGET),
            widget(
                new WidgetData.Card("Revenue", "d", null, null, null, null),
                WidgetType.CARD,
                null,
                "w-1"),
            widget(
                new WidgetData.Card("Revenue", "d", null, null, null, null),
                WidgetType.CARD,
                null,
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))) {
      conversation
          .given(OPENED, SUBMITTED)
          .when(new IssueWidget("c", "t", null, 0, null, wrong.descriptor()))
          .expectException(Matchers.predicate(refusal(ErrorCode.WIDGET_INVALID)))
          .expectNoEvents();
    }
  }

  @Test
  void anActionMarkedConfirmRunsOnlyAfterItsDialogWasConfirmed() {
    Map<String, Object> values = Map.of("form_data", Map.of());
    conversation
        .given(OPENED, SUBMITTED, ENTRY)
        .when(new InvokeAction("c", "i", FORM_WIDGET, "save", values, MANAGER))
        .expectEvents(
            denied(
                "i",
                FORM_WIDGET,
                "save",
                ErrorCode.CONFIRMATION_REQUIRED,
                "This needs to be confirmed first, with the dialog of the same widget."));
    ActionAuthorized saved = new ActionAuthorized("c", "t", "i", FORM_WIDGET, SAVE, values, null);
    conversation
        .given(OPENED, SUBMITTED, ENTRY, asked(), answered(true))
        .when(new InvokeAction("c", "i", FORM_WIDGET, "save", values, MANAGER))
        .expectEvents(saved);
    conversation
        .given(OPENED, SUBMITTED, ENTRY, asked(), answered(false))
        .when(new InvokeAction("c", "i", FORM_WIDGET, "save", values, MANAGER))
        .expectResultMessagePayloadMatching(
            CoreMatchers.instanceOf(InvocationDecision.Denied.class));
    conversation
        .given(OPENED, SUBMITTED, ENTRY, asked(), answered(true), saved)
        .when(new InvokeAction("c", "i-2", FORM_WIDGET, "save", values, MANAGER))
        .expectEvents(
            denied(
                "i-2",
                FORM_WIDGET,
                "save",
                ErrorCode.CONFIRMATION_REQUIRED,
                "This needs to be confirmed first, with the dialog of the same widget."));
  }

  @Test
  void aDialogTakesAYesOrANo() {
    conversation
        .given(OPENED, SUBMITTED, ENTRY)
        .when(
            new InvokeAction("c", "d", FORM_WIDGET, "ask", Map.of("confirmed", "perhaps"), MANAGER))
        .expectEvents(
            denied(
                "d",
                FORM_WIDGET,
                "ask",
                ErrorCode.INVALID_PARAMS,
                "\"params.confirmed\" must be true or false."));
  }

  private static ActionAuthorized asked() {
    return new ActionAuthorized("c", "t", "d", FORM_WIDGET, ASK, Map.of(), null);
  }

  private static ActionCompleted answered(boolean confirmed) {
    return new ActionCompleted(
        "c", "t", "d", FORM_WIDGET, "ask", new ActionResult.Dialog(confirmed, "save"));
  }

  @Test
  void aWidgetExpiresOnceAndNotBeforeItsTime() {
    conversation
        .given(OPENED, SUBMITTED, CARD)
        .when(new ExpireWidget("c", WIDGET))
        .expectNoEvents();
    FixtureConfiguration<Conversation> later = new AggregateTestFixture<>(Conversation.class);
    later.registerInjectableResource(Clock.fixed(NOW.plusSeconds(3601), ZoneOffset.UTC));
    later
        .given(OPENED, SUBMITTED, CARD)
        .when(new ExpireWidget("c", WIDGET))
        .expectEvents(new WidgetExpired("c", "t", WIDGET));
    later
        .given(OPENED, SUBMITTED, CARD, new WidgetExpired("c", "t", WIDGET))
        .when(new ExpireWidget("c", WIDGET))
        .expectNoEvents();
    later
        .given(OPENED, SUBMITTED, CARD, new WidgetExpired("c", "t", WIDGET))
        .when(new InvokeAction("c", "i", WIDGET, "drill", Map.of(), MANAGER))
        .expectResultMessagePayload(
            new InvocationDecision.Denied(
                ErrorCode.WIDGET_EXPIRED, "This widget has expired. Please ask again.", List.of()));
  }

  @Test
  void aTurnMayReadSeveralTimesButNothingTwice() {
    conversation
        .given(OPENED, SUBMITTED, QUERIED)
        .when(new RecordDataQuery("c", "t", null, "k-2", QUERY, "select", 4, List.of(), "digest"))
        .expectEvents(
            new DataQueried("c", "t", null, "k-2", QUERY, "select", 4, List.of(), "digest"));
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

  @Test
  void aQuestionAskedAnewTakesThePlaceOfItselfAndWhatFollowed() {
    conversation
        .given(OPENED, SUBMITTED, ANSWERED, new TurnSubmitted("c", "t2", "and in May?", null))
        .when(new SubmitTurn("c", "t3", "Q3 sales", null, "t", MANAGER))
        .expectEvents(
            new TurnCancelled("c", "t2"),
            new TurnsReplaced("c", List.of("t", "t2"), "t3"),
            new TurnSubmitted("c", "t3", "Q3 sales", null));
  }

  @Test
  void whatWasReplacedCannotBeReplacedAgain() {
    conversation
        .given(
            OPENED,
            SUBMITTED,
            ANSWERED,
            new TurnsReplaced("c", List.of("t"), "t2"),
            new TurnSubmitted("c", "t2", "Q3 sales", null))
        .when(new SubmitTurn("c", "t3", "Q4 sales", null, "t", MANAGER))
        .expectNoEvents()
        .expectException(Matchers.predicate(refusal(ErrorCode.TURN_NOT_FOUND)));
  }

  @Test
  void aConversationIsRenamedByItsOwnerOnly() {
    conversation
        .given(OPENED)
        .when(new RenameConversation("c", "Quarter two", MANAGER))
        .expectEvents(new ConversationRenamed("c", "Quarter two"));
    conversation
        .given(OPENED, new ConversationRenamed("c", "Quarter two"))
        .when(new RenameConversation("c", "Quarter two", MANAGER))
        .expectNoEvents();
    conversation
        .given(OPENED)
        .when(new RenameConversation("c", "Mine", STRANGER))
        .expectNoEvents()
        .expectException(Matchers.predicate(refusal(ErrorCode.NOT_A_PARTICIPANT)));
    conversation
        .given(OPENED)
        .when(new RenameConversation("c", " ", MANAGER))
        .expectNoEvents()
        .expectException(Matchers.predicate(refusal(ErrorCode.INVALID_REQUEST)));
  }
}
