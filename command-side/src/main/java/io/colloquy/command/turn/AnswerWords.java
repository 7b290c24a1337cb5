package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationCommand.RecordTurnDetail;
import io.colloquy.api.conversation.ConversationEvent.FiguresRemoved;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.model.Model;
import io.colloquy.command.model.ModelAnswer;
import io.colloquy.command.source.Passages;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the words for what was read: a model's, when a model planned the turn, and otherwise our
 * own.
 */
@Component
class AnswerWords {

  private final AnswerText ours;
  private final Catalogue catalogue;
  private final HistoryBefore history;

  AnswerWords(Catalogue catalogue, HistoryBefore history) {
    this.ours = new AnswerText(catalogue);
    this.catalogue = catalogue;
    this.history = history;
  }

  String opening(TurnPlan plan) {
    return plan.isFromDocuments() ? "" : ours.opening(plan);
  }

  /** Says what rows say, and answers with what that cost. */
  @Nullable TokenUsage about(
      TurnSoFar turn,
      Planning.Planned planned,
      QueryResult result,
      @Nullable String change,
      AnswerStream text,
      Steps steps) {
    TurnPlan plan = planned.plan();
    String findings =
        ours.findings(plan, result) + (change == null ? "" : " That is " + change + ".");
    boolean isSearch = plan.formId() != null;
    Model model = planned.model();
    if (model == null || result.rows().isEmpty() || isSearch) {
      text.write(findings);
      return null;
    }
    ModelAnswer answer = new ModelAnswer(model);
    return inModelsWords(
        turn,
        model,
        text,
        steps,
        findings,
        words ->
            answer.about(
                turn.submitted().content(),
                history.answers(turn),
                plan,
                result,
                catalogue.dataset(result.query().dataset()),
                change,
                words));
  }

  /** Says what passages say, and answers with what that cost. */
  @Nullable TokenUsage about(
      TurnSoFar turn,
      Planning.Planned planned,
      List<Passages.Found> passages,
      AnswerStream text,
      Steps steps) {
    String quotes = quotes(passages);
    Model model = planned.model();
    if (model == null || passages.isEmpty()) {
      text.write(quotes);
      return null;
    }
    ModelAnswer answer = new ModelAnswer(model);
    return inModelsWords(
        turn,
        model,
        text,
        steps,
        quotes,
        words ->
            answer.about(
                turn.submitted().content(),
                history.answers(turn),
                passages.stream().map(Passages.Found::content).toList(),
                words));
  }

  private @Nullable TokenUsage inModelsWords(
      TurnSoFar turn,
      Model model,
      AnswerStream text,
      Steps steps,
      String ours,
      Function<Consumer<String>, ModelAnswer.Written> answer) {
    if (text.isBehind()) {
      // A model never says the same twice: what was said before the interruption stays.
      text.catchUp();
      text.write("\n\nThe answer was interrupted here. " + ours.strip());
      return null;
    }
    AtomicBoolean begun = new AtomicBoolean();
    ModelAnswer.Written written =
        answer.apply(
            piece -> {
              if (!begun.getAndSet(true)) {
                text.write(" ");
              }
              text.write(piece);
            });
    String conversationId = turn.submitted().conversationId();
    String turnId = turn.submitted().turnId();
    if (!written.removed().isEmpty()) {
      steps.take(
          new RecordTurnDetail(
              conversationId, new FiguresRemoved(conversationId, turnId, written.removed())));
    }
    if (written.broken() != null) {
      text.write(begun.get() ? " …\n\nThe model's answer broke off here. " + ours.strip() : ours);
      steps.take(
          new RecordTurnDetail(
              conversationId,
              new ModelFailed(conversationId, turnId, "answer", model.name(), written.broken())));
    }
    return written.tokens();
  }

  private static String quotes(List<Passages.Found> passages) {
    if (passages.isEmpty()) {
      return "I found nothing about this in the documents you may read.";
    }
    return passages.stream()
        .map(
            passage ->
                "From **%s**%s:\n\n%s"
                    .formatted(
                        passage.source().name(),
                        passage.page() == null ? "" : " (page " + passage.page() + ")",
                        passage
                            .snippet()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .map(line -> "> " + line.strip())
                            .collect(Collectors.joining("\n"))))
        .collect(Collectors.joining("\n\n"));
  }
}
