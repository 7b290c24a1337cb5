package io.colloquy.command.conversation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.action.InvocationDecision;
import io.colloquy.api.conversation.ConversationCommand.AppendAnswer;
import io.colloquy.api.conversation.ConversationCommand.AttachCitations;
import io.colloquy.api.conversation.ConversationCommand.CancelTurn;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.CloseConversation;
import io.colloquy.api.conversation.ConversationCommand.CompleteAction;
import io.colloquy.api.conversation.ConversationCommand.CompleteTurn;
import io.colloquy.api.conversation.ConversationCommand.ExpireWidget;
import io.colloquy.api.conversation.ConversationCommand.FailAction;
import io.colloquy.api.conversation.ConversationCommand.FailTurn;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation;
import io.colloquy.api.conversation.ConversationCommand.ForkConversation.Carried;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.OpenCitation;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.RecordIntent;
import io.colloquy.api.conversation.ConversationCommand.RecordTurnDetail;
import io.colloquy.api.conversation.ConversationCommand.RenameConversation;
import io.colloquy.api.conversation.ConversationCommand.SubmitForm;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.ActionCompleted;
import io.colloquy.api.conversation.ConversationEvent.ActionDenied;
import io.colloquy.api.conversation.ConversationEvent.ActionFailed;
import io.colloquy.api.conversation.ConversationEvent.AnswerTextAppended;
import io.colloquy.api.conversation.ConversationEvent.CitationOpened;
import io.colloquy.api.conversation.ConversationEvent.CitationsAttached;
import io.colloquy.api.conversation.ConversationEvent.ConversationClosed;
import io.colloquy.api.conversation.ConversationEvent.ConversationForked;
import io.colloquy.api.conversation.ConversationEvent.ConversationOpened;
import io.colloquy.api.conversation.ConversationEvent.ConversationRenamed;
import io.colloquy.api.conversation.ConversationEvent.ConversationStateChanged;
import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ConversationEvent.FiguresRemoved;
import io.colloquy.api.conversation.ConversationEvent.FormSubmitted;
import io.colloquy.api.conversation.ConversationEvent.IntentClassified;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;
import io.colloquy.api.conversation.ConversationEvent.TurnCancelled;
import io.colloquy.api.conversation.ConversationEvent.TurnCompleted;
import io.colloquy.api.conversation.ConversationEvent.TurnFailed;
import io.colloquy.api.conversation.ConversationEvent.TurnSubmitted;
import io.colloquy.api.conversation.ConversationEvent.TurnsReplaced;
import io.colloquy.api.conversation.ConversationEvent.WidgetExpired;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.conversation.TurnDetail;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.WidgetAction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.ApplyMore;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: the boundary within which turns, widgets and actions are consistent. Each command
 * is decided, each event evolves the state, in the order of a conversation's life. A command
 * repeated decides nothing new.
 */
@Aggregate(
    type = "conversation",
    cache = "aggregateCache",
    snapshotTriggerDefinition = "conversationSnapshots")
@Revision("4")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class Conversation {

  /** Left unset until the first event, which is how Axon tells a new aggregate. */
  @AggregateIdentifier
  @SuppressWarnings("NullAway.Init")
  private String conversationId;

  private String owner = "";
  private @Nullable String title;
  private boolean closed;
  private Map<String, TurnInProgress> turnsInProgress = new LinkedHashMap<>();
  private Set<String> finishedTurns = new HashSet<>();
  private Set<String> standingTurns = new LinkedHashSet<>();
  private Map<String, DataQuery> queries = new LinkedHashMap<>();
  private Map<String, IssuedWidget> widgets = new LinkedHashMap<>();
  private Set<String> expiredWidgets = new HashSet<>();
  private Map<String, Invocation> invocations = new LinkedHashMap<>();
  private Map<String, Instant> confirmations = new HashMap<>();
  private SharedState sharedState = SharedState.EMPTY;

  Conversation() {}

  // ---- opening ----

  @CommandHandler
  Conversation(OpenConversation command) {
    OnlyPeopleWhoMayConverse.check(command.actor());
    OnlyShortTitles.check(command.title());
    apply(
        new ConversationOpened(
            command.conversationId(), command.actor().userId(), command.title()));
  }

  @EventSourcingHandler
  void evolve(ConversationOpened event) {
    conversationId = event.conversationId();
    owner = event.owner();
    title = event.title();
  }

  /** What is carried over from another conversation is in this one's log from its beginning. */
  @CommandHandler
  Conversation(ForkConversation command) {
    OnlyPeopleWhoMayConverse.check(command.actor());
    OnlyShortTitles.check(command.title());
    apply(
        new ConversationOpened(
            command.conversationId(), command.actor().userId(), command.title()));
    ApplyMore applied =
        apply(
            new ConversationForked(
                command.conversationId(),
                command.origin(),
                command.originSeq(),
                command.carried().stream().map(Carried::subject).distinct().sorted().toList()));
    for (Carried carried : command.carried()) {
      apply(
          carried.event(),
          MetaData.with(ActorMetadata.SUBJECT, carried.subject())
              .and(ActorMetadata.CARRIED_FROM, command.origin() + "/" + carried.seq()));
    }
    applied.andThen(this::endWhatWasUnderWay);
  }

  /** What was under way where it was forked goes on there, not here. */
  private void endWhatWasUnderWay() {
    List.copyOf(turnsInProgress.keySet())
        .forEach(turnId -> apply(new TurnCancelled(conversationId, turnId)));
    invocations.entrySet().stream()
        .filter(invocation -> invocation.getValue().running())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::interrupt);
  }

  private void interrupt(String invocationId) {
    decide(
        new FailAction(
            conversationId,
            invocationId,
            ErrorCode.INTERRUPTED,
            "The conversation was forked while this was running."));
  }

  @CommandHandler
  void decide(RenameConversation command) {
    OnlyParticipantsAct.check(owner, command.actor());
    OnlyOpenConversationsAct.check(closed);
    OnlyShortTitles.check(command.title());
    if (!command.title().equals(title)) {
      apply(new ConversationRenamed(conversationId, command.title()));
    }
  }

  @EventSourcingHandler
  void evolve(ConversationRenamed event) {
    title = event.title();
  }

  // ---- a turn ----

  @CommandHandler
  void decide(SubmitTurn command, OnlyKnownFormsAreFilledIn forms) {
    OnlyParticipantsAct.check(owner, command.actor());
    if (turnsInProgress.containsKey(command.turnId()) || finishedTurns.contains(command.turnId())) {
      return;
    }
    OnlyOpenConversationsAct.check(closed);
    OnlyMessagesOfSensibleLength.check(command.content());
    forms.check(command.metadata(), command.actor());
    if (command.replaces() != null) {
      replace(command.replaces(), command.turnId());
    }
    apply(
        new TurnSubmitted(conversationId, command.turnId(), command.content(), command.metadata()));
  }

  private void replace(String turnId, String by) {
    OnlyStandingTurnsAreReplaced.check(standingTurns.contains(turnId));
    List<String> replaced = standingTurns.stream().dropWhile(id -> !id.equals(turnId)).toList();
    replaced.stream()
        .filter(turnsInProgress::containsKey)
        .forEach(id -> apply(new TurnCancelled(conversationId, id)));
    apply(new TurnsReplaced(conversationId, replaced, by));
  }

  @EventSourcingHandler
  void evolve(TurnsReplaced event) {
    event.turnIds().forEach(standingTurns::remove);
  }

  @EventSourcingHandler
  void evolve(TurnSubmitted event) {
    standingTurns.add(event.turnId());
    turnsInProgress.put(event.turnId(), TurnInProgress.SUBMITTED);
  }

  @CommandHandler
  void decide(RecordIntent command) {
    TurnInProgress turn = turnsInProgress.get(command.turnId());
    if (turn != null && !turn.planned()) {
      apply(
          new IntentClassified(
              conversationId, command.turnId(), command.planner(), command.plan()));
    }
  }

  @EventSourcingHandler
  void evolve(IntentClassified event) {
    turnsInProgress.computeIfPresent(event.turnId(), (id, turn) -> turn.withPlan());
  }

  @CommandHandler
  void decide(AppendAnswer command) {
    TurnInProgress turn = turnsInProgress.get(command.turnId());
    if (turn != null && turn.answerLength() == command.offset() && !command.delta().isEmpty()) {
      apply(
          new AnswerTextAppended(
              conversationId, command.turnId(), command.offset(), command.delta()));
    }
  }

  @EventSourcingHandler
  void evolve(AnswerTextAppended event) {
    turnsInProgress.computeIfPresent(
        event.turnId(),
        (id, turn) -> turn.withAnswerLength(event.offset() + event.delta().length()));
  }

  @CommandHandler
  void decide(RecordDataQuery command) {
    boolean first =
        !queries.containsKey(command.dataKey())
            && (command.invocationId() == null
                ? turnsInProgress.containsKey(command.turnId())
                : isRunning(command.invocationId()));
    if (first) {
      apply(
          new DataQueried(
              conversationId,
              command.turnId(),
              command.invocationId(),
              command.dataKey(),
              command.query(),
              command.sql(),
              command.rowCount(),
              command.sources(),
              command.resultDigest()));
    }
  }

  @EventSourcingHandler
  void evolve(DataQueried event) {
    queries.put(event.dataKey(), event.query());
  }

  @CommandHandler
  void decide(RecordTurnDetail command) {
    TurnInProgress turn = turnsInProgress.get(command.detail().turnId());
    if (turn != null && !turn.details().contains(command.detail().key())) {
      apply(command.detail().event());
    }
  }

  @EventSourcingHandler
  void evolve(PassagesRead event) {
    note(event);
  }

  @EventSourcingHandler
  void evolve(ModelFailed event) {
    note(event);
  }

  @EventSourcingHandler
  void evolve(FiguresRemoved event) {
    note(event);
  }

  private void note(TurnDetail detail) {
    turnsInProgress.computeIfPresent(detail.turnId(), (id, turn) -> turn.withDetail(detail.key()));
  }

  /** Answers whether the widget was issued now, and not before. */
  @CommandHandler
  boolean decide(IssueWidget command) {
    boolean first =
        command.invocationId() == null
            ? turnAwaits(command.turnId(), turn -> turn.widgets() != command.position())
            : invocationAwaits(command.invocationId(), Invocation::widgetIssued);
    if (first) {
      OnlyValidWidgetsAreIssued.check(command.descriptor());
      apply(
          new WidgetGenerated(
              conversationId,
              command.turnId(),
              command.invocationId(),
              command.dataKey(),
              command.descriptor()));
    }
    return first;
  }

  @EventSourcingHandler
  void evolve(WidgetGenerated event) {
    widgets.put(event.descriptor().widgetId(), IssuedWidget.of(event));
    if (event.invocationId() == null) {
      turnsInProgress.computeIfPresent(event.turnId(), (id, turn) -> turn.withWidget());
    } else {
      invocations.computeIfPresent(
          event.invocationId(), (id, invocation) -> invocation.withWidget());
    }
  }

  @CommandHandler
  void decide(AttachCitations command) {
    if (turnAwaits(command.turnId(), TurnInProgress::cited)) {
      apply(new CitationsAttached(conversationId, command.turnId(), command.citations()));
    }
  }

  @EventSourcingHandler
  void evolve(CitationsAttached event) {
    turnsInProgress.computeIfPresent(event.turnId(), (id, turn) -> turn.withCitations());
  }

  @CommandHandler
  void decide(OpenCitation command) {
    OnlyParticipantsAct.check(owner, command.actor());
    apply(new CitationOpened(conversationId, command.turnId(), command.number(), command.page()));
  }

  @CommandHandler
  void decide(CompleteTurn command) {
    if (turnsInProgress.containsKey(command.turnId())) {
      apply(
          new TurnCompleted(
              conversationId,
              command.turnId(),
              command.planner(),
              command.model(),
              command.tokens(),
              command.timings()));
    }
  }

  @EventSourcingHandler
  void evolve(TurnCompleted event) {
    finish(event.turnId());
  }

  @CommandHandler
  void decide(FailTurn command) {
    if (turnsInProgress.containsKey(command.turnId())) {
      apply(new TurnFailed(conversationId, command.turnId(), command.code(), command.message()));
    }
  }

  @EventSourcingHandler
  void evolve(TurnFailed event) {
    finish(event.turnId());
  }

  @CommandHandler
  void decide(CancelTurn command) {
    OnlyParticipantsAct.check(owner, command.actor());
    OnlySubmittedTurnsAreCancelled.check(
        turnsInProgress.containsKey(command.turnId()) || finishedTurns.contains(command.turnId()));
    if (turnsInProgress.containsKey(command.turnId())) {
      apply(new TurnCancelled(conversationId, command.turnId()));
    }
  }

  @EventSourcingHandler
  void evolve(TurnCancelled event) {
    finish(event.turnId());
  }

  // ---- shared state ----

  @CommandHandler
  void decide(ChangeConversationState command) {
    OnlyParticipantsAct.check(owner, command.actor());
    OnlyOpenConversationsAct.check(closed);
    OnlyKnownStateChanges.check(command, sharedState.after(command.event(), command.data()));
    apply(new ConversationStateChanged(conversationId, command.event(), command.data()));
  }

  @EventSourcingHandler
  void evolve(ConversationStateChanged event) {
    sharedState = sharedState.after(event.event(), event.data());
  }

  // ---- an action ----

  @CommandHandler
  InvocationDecision decide(InvokeAction command, Clock clock) {
    Invocation earlier = invocations.get(command.invocationId());
    if (earlier != null && OnlyParticipantsAct.isParticipant(owner, command.actor())) {
      return earlier.repeatedBy(command);
    }
    IssuedWidget widget = widgets.get(command.widgetId());
    try {
      OnlyParticipantsAct.check(owner, command.actor());
      OnlyOpenConversationsAct.check(closed);
      IssuedWidget live =
          OnlyLiveWidgetsAct.check(
              widget, expiredWidgets.contains(command.widgetId()), clock.instant());
      WidgetAction action = OnlyIssuedActionsRun.check(live, command.actionId());
      OnlyPermittedActionsRun.check(action, command.actor());
      OnlyAcceptableValuesAreSubmitted.check(live, action, command.params());
      OnlyConfirmedActionsRun.check(action, confirmations.get(action.actionId()), clock.instant());
      apply(
          new ActionAuthorized(
              conversationId,
              live.turnId(),
              command.invocationId(),
              command.widgetId(),
              action,
              command.params(),
              live.dataKey() == null ? null : queries.get(live.dataKey())));
      return new InvocationDecision.Accepted(false);
    } catch (Refusal refusal) {
      apply(
          new ActionDenied(
              conversationId,
              widget == null ? null : widget.turnId(),
              command.invocationId(),
              command.widgetId(),
              command.actionId(),
              refusal.code(),
              refusal.sentence(),
              refusal.fieldErrors()));
      return new InvocationDecision.Denied(
          refusal.code(), refusal.sentence(), refusal.fieldErrors());
    }
  }

  @EventSourcingHandler
  void evolve(ActionAuthorized event) {
    confirmations.remove(event.action().actionId());
    invocations.put(
        event.invocationId(),
        Invocation.accepted(event.turnId(), event.widgetId(), event.action().actionId()));
  }

  @EventSourcingHandler
  void evolve(ActionDenied event) {
    if (OnlyParticipantsAct.isAbout(event.reason())) {
      return; // A stranger's attempt does not use up an invocation id of a participant.
    }
    invocations.put(
        event.invocationId(),
        Invocation.denied(
            event.widgetId(),
            event.actionId(),
            new InvocationDecision.Denied(event.reason(), event.message(), event.errors())));
  }

  @CommandHandler
  void decide(SubmitForm command) {
    if (invocationAwaits(command.invocationId(), Invocation::formStored)) {
      apply(
          new FormSubmitted(
              conversationId,
              command.invocationId(),
              command.widgetId(),
              command.formId(),
              command.values()));
    }
  }

  @EventSourcingHandler
  void evolve(FormSubmitted event) {
    invocations.computeIfPresent(event.invocationId(), (id, invocation) -> invocation.withForm());
  }

  @CommandHandler
  void decide(CompleteAction command) {
    Invocation invocation = invocations.get(command.invocationId());
    if (invocation != null && invocation.running()) {
      apply(
          new ActionCompleted(
              conversationId,
              invocation.turnId(),
              command.invocationId(),
              invocation.widgetId(),
              invocation.actionId(),
              command.result()));
    }
  }

  @EventSourcingHandler
  void evolve(ActionCompleted event, @Timestamp Instant at) {
    if (event.result() instanceof ActionResult.Dialog dialog && dialog.actionId() != null) {
      if (dialog.confirmed()) {
        confirmations.put(dialog.actionId(), at);
      } else {
        confirmations.remove(dialog.actionId());
      }
    }
    invocations.computeIfPresent(event.invocationId(), (id, invocation) -> invocation.finished());
  }

  @CommandHandler
  void decide(FailAction command) {
    Invocation invocation = invocations.get(command.invocationId());
    if (invocation != null && invocation.running()) {
      apply(
          new ActionFailed(
              conversationId,
              invocation.turnId(),
              command.invocationId(),
              invocation.widgetId(),
              invocation.actionId(),
              command.code(),
              command.message()));
    }
  }

  @EventSourcingHandler
  void evolve(ActionFailed event) {
    invocations.computeIfPresent(event.invocationId(), (id, invocation) -> invocation.finished());
  }

  // ---- the end ----

  @CommandHandler
  void decide(ExpireWidget command, Clock clock) {
    IssuedWidget widget = widgets.get(command.widgetId());
    if (widget != null && widget.isOver(clock.instant())) {
      apply(new WidgetExpired(conversationId, widget.turnId(), command.widgetId()));
    }
  }

  @EventSourcingHandler
  void evolve(WidgetExpired event) {
    widgets.remove(event.widgetId());
    expiredWidgets.add(event.widgetId());
  }

  @CommandHandler
  void decide(CloseConversation command) {
    OnlyParticipantsAct.check(owner, command.actor());
    if (!closed) {
      apply(new ConversationClosed(conversationId));
    }
  }

  @EventSourcingHandler
  void evolve(ConversationClosed event) {
    closed = true;
  }

  private void finish(String turnId) {
    turnsInProgress.remove(turnId);
    finishedTurns.add(turnId);
  }

  private boolean turnAwaits(String turnId, Predicate<TurnInProgress> done) {
    TurnInProgress turn = turnsInProgress.get(turnId);
    return turn != null && !done.test(turn);
  }

  private boolean isRunning(String invocationId) {
    Invocation invocation = invocations.get(invocationId);
    return invocation != null && invocation.running();
  }

  private boolean invocationAwaits(String invocationId, Predicate<Invocation> done) {
    Invocation invocation = invocations.get(invocationId);
    return invocation != null && invocation.running() && !done.test(invocation);
  }
}
