package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.TokenUsage;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.form.FormQueries;
import io.colloquy.command.form.Forms;
import io.colloquy.command.model.Model;
import io.colloquy.command.model.ModelPlanner;
import io.colloquy.command.planner.EmbeddedPlanner;
import io.colloquy.command.planner.ObeyedState;
import io.colloquy.command.planner.PlanningFailed;
import io.colloquy.command.planner.TurnPlanner.Question;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Finds the plan of a turn: the one the log holds already, the one a form's values ask for, the
 * model's, or the embedded planner's; each under the shared state of that moment.
 */
@Component
class Planning {

  /** Who plans when a form's values say it all. */
  static final String BY_FORM = "form";

  private final EmbeddedPlanner embedded;
  private final @Nullable ModelPlanner usual;
  private final Forms forms;
  private final FormQueries formQueries;
  private final StateBefore stateBefore;
  private final HistoryBefore historyBefore;
  private final ObeyedState obeyedState;

  Planning(
      EmbeddedPlanner embedded,
      ObjectProvider<ModelPlanner> model,
      Forms forms,
      FormQueries formQueries,
      StateBefore stateBefore,
      HistoryBefore historyBefore,
      ObeyedState obeyedState) {
    this.embedded = embedded;
    this.usual = model.getIfAvailable();
    this.forms = forms;
    this.formQueries = formQueries;
    this.stateBefore = stateBefore;
    this.historyBefore = historyBefore;
    this.obeyedState = obeyedState;
  }

  /**
   * A plan.
   *
   * @param planner who made it
   * @param model the model that made it, which also puts the answer into words; absent for the
   *     product's own
   * @param tokens what it cost, absent when nothing was paid
   * @param failure why the model did not make it, absent when it was not asked or did
   */
  record Planned(
      TurnPlan plan,
      String planner,
      @Nullable Model model,
      SharedState state,
      @Nullable TokenUsage tokens,
      @Nullable ModelFailed failure) {}

  /** The model that is set; null when none is. */
  @Nullable ModelPlanner usual() {
    return usual;
  }

  /** The plan of a turn, by a model or, with null, by the embedded planner. */
  Planned of(TurnSoFar turn, @Nullable ModelPlanner model) {
    StateBefore.States states = stateBefore.of(turn);
    SharedState state = states.before(turn.seq());
    if (turn.plan() != null && turn.planner() != null) {
      Model by = model != null && turn.planner().equals(model.name()) ? model.model() : null;
      return new Planned(turn.plan(), turn.planner(), by, state, null, null);
    }
    TurnMetadata metadata = turn.submitted().metadata();
    if (metadata != null && (metadata.formData() != null || metadata.formId() != null)) {
      Map<String, Object> values = Objects.requireNonNullElse(metadata.formData(), Map.of());
      TurnPlan plan = formQueries.plan(forms.formOf(metadata.formId(), values), values);
      return new Planned(
          obeyedState.apply(plan, state, turn.actor()), BY_FORM, null, state, null, null);
    }
    Question question =
        new Question(
            turn.submitted().content(),
            turn.at().atZone(ZoneOffset.UTC).toLocalDate(),
            state,
            historyBefore.turns(turn, states),
            turn.actor());
    return model == null ? embedded(question, null) : modelled(model, question, turn);
  }

  private Planned modelled(ModelPlanner planner, Question question, TurnSoFar turn) {
    try {
      ModelPlanner.Costed costed = planner.planned(question);
      return new Planned(
          obeyedState.apply(costed.plan(), question.state(), question.actor()),
          planner.name(),
          planner.model(),
          question.state(),
          costed.tokens(),
          null);
    } catch (PlanningFailed failed) {
      return embedded(
          question,
          new ModelFailed(
              turn.submitted().conversationId(),
              turn.submitted().turnId(),
              "plan",
              planner.name(),
              failed.reason()));
    }
  }

  private Planned embedded(Question question, @Nullable ModelFailed failure) {
    return new Planned(
        obeyedState.apply(embedded.plan(question), question.state(), question.actor()),
        embedded.name(),
        null,
        question.state(),
        null,
        failure);
  }
}
