package io.colloquy.command.turn;

import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.turn.TurnMetadata;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.form.FormQueries;
import io.colloquy.command.form.Forms;
import io.colloquy.command.planner.ObeyedState;
import io.colloquy.command.planner.TurnPlanner;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Finds the plan of a turn: the one the log holds already, the one a form's values ask for, or the
 * planner's; each under the shared state of that moment.
 */
@Component
class Planning {

  /** Who plans when a form's values say it all. */
  static final String BY_FORM = "form";

  private final TurnPlanner planner;
  private final Forms forms;
  private final FormQueries formQueries;
  private final StateBefore stateBefore;
  private final ObeyedState obeyedState;

  Planning(
      TurnPlanner planner,
      Forms forms,
      FormQueries formQueries,
      StateBefore stateBefore,
      ObeyedState obeyedState) {
    this.planner = planner;
    this.forms = forms;
    this.formQueries = formQueries;
    this.stateBefore = stateBefore;
    this.obeyedState = obeyedState;
  }

  /** A plan, and who made it. */
  record Planned(TurnPlan plan, String planner) {}

  Planned of(TurnSoFar turn) {
    if (turn.plan() != null && turn.planner() != null) {
      return new Planned(turn.plan(), turn.planner());
    }
    SharedState state = stateBefore.of(turn);
    TurnMetadata metadata = turn.submitted().metadata();
    if (metadata != null && (metadata.formData() != null || metadata.formId() != null)) {
      Map<String, Object> values = Objects.requireNonNullElse(metadata.formData(), Map.of());
      TurnPlan plan = formQueries.plan(forms.formOf(metadata.formId(), values), values);
      return new Planned(obeyedState.apply(plan, state), BY_FORM);
    }
    TurnPlan plan =
        planner.plan(
            new TurnPlanner.Question(
                turn.submitted().content(), turn.at().atZone(ZoneOffset.UTC).toLocalDate(), state));
    return new Planned(obeyedState.apply(plan, state), planner.name());
  }
}
