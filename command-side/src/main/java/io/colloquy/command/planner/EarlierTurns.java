package io.colloquy.command.planner;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.planner.TurnPlanner.Earlier;
import io.colloquy.command.planner.TurnPlanner.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a question goes on from the turns before it, and from which. */
final class EarlierTurns {

  private static final Set<String> UNMISTAKABLE =
      Set.of("and", "only", "just", "same", "now", "but", "also", "what about", "how about");

  private final Catalogue catalogue;
  private final QuestionReader reader;

  EarlierTurns(Catalogue catalogue, QuestionReader reader) {
    this.catalogue = catalogue;
    this.reader = reader;
  }

  /**
   * The plan that goes on from what was said before, or null when the question stands alone.
   *
   * @param alone plans a question that does
   */
  @Nullable TurnPlan plan(
      Question question,
      Reading reading,
      Map<String, Dataset> readable,
      Function<Question, TurnPlan> alone) {
    if (question.history().isEmpty() || !FollowUp.sounds(reading.words())) {
      return null;
    }
    Earlier last = question.history().getLast();
    if (Clarification.is(last.plan())) {
      // Asked back, a person says what they meant: that belongs to the question before.
      boolean answers = !reading.matches().isEmpty() || !reading.periods().isEmpty();
      return answers
          ? alone.apply(
              new Question(
                  last.content() + " " + question.content(),
                  question.today(),
                  question.state(),
                  List.of(),
                  question.actor()))
          : null;
    }
    TurnPlan before = lastWithData(question.history(), readable);
    if (before == null || before.query() == null) {
      return null;
    }
    DataQuery base = before.query();
    Dataset dataset = catalogue.dataset(base.dataset());
    boolean elsewhere =
        reading.matches().stream()
            .anyMatch(
                found ->
                    found.terms().stream()
                        .noneMatch(term -> base.dataset().equals(term.dataset())));
    boolean standsAlone =
        new QueryReading(reading, base.dataset(), dataset).namesAFigure()
            && !reading.words().containsAny(Set.of("also", "same", "it", "that", "and", "too"))
            && reading.matches().size() + reading.periods().size() > 1;
    boolean namesItself =
        reading.terms(Term.OfDataset.class).anyMatch(term -> term.dataset().equals(base.dataset()))
            && reading.matches().size() + reading.periods().size() > 1
            && !reading.words().beginsWithAny(UNMISTAKABLE);
    if (elsewhere || standsAlone || namesItself || !reading.unknown().isEmpty()) {
      return null;
    }
    return FollowUp.plan(reader.read(question, base), before, base, dataset);
  }

  private static @Nullable TurnPlan lastWithData(
      List<Earlier> history, Map<String, Dataset> readable) {
    for (Earlier earlier : history.reversed()) {
      DataQuery query = earlier.plan().query();
      if (query != null && readable.containsKey(query.dataset())) {
        return earlier.plan();
      }
    }
    return null;
  }
}
