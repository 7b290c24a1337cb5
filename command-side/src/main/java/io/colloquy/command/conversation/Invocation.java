package io.colloquy.command.conversation;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.action.InvocationDecision;
import io.colloquy.api.conversation.ConversationCommand.InvokeAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One invocation of an action, known by the client's id so that it never runs twice. */
record Invocation(
    String turnId,
    String widgetId,
    String actionId,
    InvocationDecision.@Nullable Denied denial,
    boolean widgetIssued,
    boolean formStored,
    boolean running) {

  static Invocation accepted(String turnId, String widgetId, String actionId) {
    return new Invocation(turnId, widgetId, actionId, null, false, false, true);
  }

  static Invocation denied(String widgetId, String actionId, InvocationDecision.Denied denial) {
    return new Invocation("", widgetId, actionId, denial, false, false, false);
  }

  /** The first decision again, or a refusal when the id now names another action. */
  InvocationDecision repeatedBy(InvokeAction command) {
    if (!widgetId.equals(command.widgetId()) || !actionId.equals(command.actionId())) {
      return new InvocationDecision.Denied(
          ErrorCode.IDENTIFIER_REUSED,
          "This invocation_id was already used for another action.",
          List.of());
    }
    return denial == null ? new InvocationDecision.Accepted(true) : denial;
  }

  Invocation withWidget() {
    return new Invocation(turnId, widgetId, actionId, denial, true, formStored, running);
  }

  Invocation withForm() {
    return new Invocation(turnId, widgetId, actionId, denial, widgetIssued, true, running);
  }

  Invocation finished() {
    return new Invocation(turnId, widgetId, actionId, denial, widgetIssued, formStored, false);
  }
}
