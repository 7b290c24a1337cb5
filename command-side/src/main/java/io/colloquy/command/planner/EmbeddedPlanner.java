package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.source.Passages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Understands questions offline: the words are looked up in the catalogue's vocabulary, times have
 * a grammar, and the parts found decide the intent. The same question on the same day, after the
 * same turns, always gets the same plan.
 */
@Component
public class EmbeddedPlanner implements TurnPlanner, SmartInitializingSingleton {

  private static final double ENOUGH = 0.5;
  private static final Actor EVERYONE = new Actor("", Set.of(Permissions.VIEWER), null);

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final @Nullable Passages passages;
  private final FormPlans formPlans;
  private final Replies replies;
  private final QuestionReader reader;
  private final EarlierTurns earlierTurns;
  private final RoutePlans routePlans;

  /**
   * A planner over the catalogue and the values its data holds.
   *
   * @param passages the documents, null where there are none
   */
  public EmbeddedPlanner(Catalogue catalogue, Vocabulary vocabulary, @Nullable Passages passages) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.passages = passages;
    this.formPlans = new FormPlans(catalogue);
    this.replies = new Replies(catalogue);
    this.reader = new QuestionReader(catalogue, vocabulary);
    this.earlierTurns = new EarlierTurns(catalogue, reader);
    this.routePlans = new RoutePlans(catalogue);
  }

  /**
   * Learns the vocabulary beside the rest of the start, so that the first question does not wait
   * for it.
   */
  @Override
  public void afterSingletonsInstantiated() {
    Thread.ofVirtual()
        .name("vocabulary")
        .start(() -> reader.lexicon(catalogue.datasetsFor(EVERYONE), EVERYONE));
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public TurnPlan plan(Question question) {
    Map<String, Dataset> readable = catalogue.datasetsFor(question.actor());
    Words words = Words.of(question.content());
    Reading reading = reader.read(question);
    TurnPlan courtesy = courtesy(words);
    if (courtesy != null) {
      return courtesy;
    }
    TurnPlan answered = earlierTurns.plan(question, reading, readable, this::plan);
    if (answered != null) {
      return answered;
    }
    boolean takesOut =
        Phrases.TAKE_OUT.contains(words.stem(0))
            && reading.terms(Term.OfRoute.class).findAny().isPresent();
    if (words.containsAny(Phrases.GO_THERE)
        || words.containsAny(Phrases.WHAT_CAN_I_DO)
        || takesOut) {
      return routePlans.navigation(reading);
    }
    if (startsWithAny(words, Phrases.ENTER_DATA)) {
      return input(words, reading);
    }
    return aboutData(question, reading, readable);
  }

  // ---- small talk ----

  private static @Nullable TurnPlan courtesy(Words words) {
    String all = words.phrase(0, words.size());
    if (Phrases.HELLO.contains(all)) {
      return Replies.hello();
    }
    if (Phrases.GREETING.contains(all)) {
      return Replies.courtesy("Hello! Ask me about your data, or say *help* to see what there is.");
    }
    if (Phrases.THANKS.contains(all)) {
      return Replies.courtesy("You're welcome.");
    }
    return null;
  }

  // ---- data ----

  private TurnPlan aboutData(Question question, Reading found, Map<String, Dataset> readable) {
    Words words = found.words();
    if (found.unknown().isEmpty() && words.containsAny(Phrases.HELP) && found.matches().isEmpty()) {
      return replies.help(readable);
    }
    List<String> names = datasets(found, readable, question.state());
    if (names.isEmpty() && found.unknown().isEmpty() && !found.periods().isEmpty()) {
      names = withTime(readable, question.state());
    }
    if (names.isEmpty()) {
      return withoutTerms(question, found, readable);
    }
    if (names.size() > 1) {
      return Clarification.ofDatasets(
          question.content(), names, one -> catalogue.dataset(one).title());
    }
    String name = names.getFirst();
    Dataset dataset = catalogue.dataset(name);
    Reading reading = reader.read(question, name);
    if (words.containsAny(Phrases.EXPLAIN)) {
      return Replies.definition(reading, name, dataset);
    }
    QueryReading query = new QueryReading(reading, name, dataset);
    if (!isAnswerable(query)) {
      return fromDocuments(question, reading, readable);
    }
    TurnPlan values = values(question, reading, name, dataset, query);
    if (values != null) {
      return values;
    }
    TurnPlan form = form(name, dataset, query);
    return form != null ? form : data(dataset, query);
  }

  private @Nullable TurnPlan form(String name, Dataset dataset, QueryReading query) {
    Words words = query.reading().words();
    if (words.containsAny(Phrases.COUNTING)) {
      return null;
    }
    String form = dataset.form();
    boolean wantsForm = form != null && words.containsAny(Phrases.FILTER);
    boolean searches =
        words.containsAny(Phrases.SEARCH)
            && !(query.ranks() && !words.containsAny(Set.of("find", "search", "look up")));
    if (query.isSearch() && (wantsForm || searches) && !query.namesAMeasureBreakdown()) {
      return formPlans.search(name, form, dataset, query);
    }
    if (form != null && wantsForm && catalogue.form(form).chart() != null) {
      return formPlans.filter(form, query);
    }
    return null;
  }

  /** A question that only says when is about what has a time. */
  private static List<String> withTime(Map<String, Dataset> readable, SharedState state) {
    return active(readable, state).entrySet().stream()
        .filter(entry -> entry.getValue().time() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Active sources go first; what only an inactive one knows is planned, and then refused. */
  private static List<String> datasets(
      Reading reading, Map<String, Dataset> readable, SharedState state) {
    List<String> best = DatasetChoice.of(reading, active(readable, state));
    return best.isEmpty() ? DatasetChoice.of(reading, readable) : best;
  }

  private static Map<String, Dataset> active(Map<String, Dataset> readable, SharedState state) {
    Map<String, Dataset> active = new LinkedHashMap<>(readable);
    active.values().removeIf(dataset -> !dataset.isActiveIn(state));
    return active;
  }

  /**
   * Something unknown may be left out beside a figure that is known; without one, or where it says
   * by what or of what, answering would be a guess.
   */
  private static boolean isAnswerable(QueryReading query) {
    Reading reading = query.reading();
    if (reading.unknown().isEmpty()) {
      return true;
    }
    boolean decides =
        reading.unknown().keySet().stream()
            .anyMatch(
                place -> reading.follows(place, Phrases.DECIDING) || reading.qualifies(place));
    boolean subject =
        reading
            .terms()
            .anyMatch(term -> term instanceof Term.OfMeasure || term instanceof Term.OfDataset);
    return subject && !decides && reading.confidence() >= ENOUGH;
  }

  private TurnPlan withoutTerms(Question question, Reading reading, Map<String, Dataset> readable) {
    Words words = reading.words();
    boolean vague =
        reading.unknown().isEmpty()
            && !words.stems().isEmpty()
            && words.containsAny(Phrases.VAGUE)
            && !readable.isEmpty();
    return vague
        ? Clarification.ofSubject(words, readable)
        : fromDocuments(question, reading, readable);
  }

  private TurnPlan fromDocuments(
      Question question, Reading reading, Map<String, Dataset> readable) {
    if (passages != null) {
      List<Passages.Found> found =
          passages.search(question.content(), question.actor(), question.state());
      if (!found.isEmpty()) {
        return TurnPlan.fromDocuments(
            "the question is answered in documents", found.getFirst().found());
      }
    }
    return replies.unknown(reading, readable);
  }

  /** "Which regions are there" asks for names, not for figures. */
  private @Nullable TurnPlan values(
      Question question, Reading reading, String name, Dataset dataset, QueryReading query) {
    List<Term.OfDimension> dimensions =
        reading
            .terms(Term.OfDimension.class)
            .filter(term -> term.dataset().equals(name))
            .distinct()
            .toList();
    boolean nothingElse =
        dimensions.size() == 1
            && reading.periods().isEmpty()
            && reading.terms(Term.OfValue.class).findAny().isEmpty()
            && reading.terms(Term.OfMeasure.class).noneMatch(term -> term.dataset().equals(name))
            && reading.terms(Term.OfDataset.class).findAny().isEmpty()
            && !query.ranks();
    if (!nothingElse || !asksForNames(reading)) {
      return null;
    }
    String dimension = dimensions.getFirst().dimension();
    Dimension definition = dataset.dimension(dimension);
    if (definition.isTime() || definition.open()) {
      return null;
    }
    return Replies.values(
        definition.label(), dataset, vocabulary.valuesFor(question.actor(), name, dimension));
  }

  private static boolean asksForNames(Reading reading) {
    Reading.Found dimension = reading.matches().getFirst();
    Words words = reading.words();
    boolean sells = words.containsAny(Set.of("best", "worst", "sale", "revenue"));
    return !sells
        && (Phrases.WHICH_VALUES.contains(words.phrase(0, dimension.index()))
            || reading.follows(
                dimension.index(), Set.of("how many", "list all", "list", "list the")));
  }

  private static TurnPlan data(Dataset dataset, QueryReading query) {
    DataQuery question = query.query();
    Reading reading = query.reading();
    Shape shape = Shape.of(reading.words(), question, dataset, query.comparesPeriods());
    return new TurnPlan(
        shape.intent(),
        true,
        shape.widget(),
        shape.chart(),
        Titles.of(question, dataset, query.calledByDataset()),
        shape.rule(),
        question,
        List.of(),
        null,
        Map.of(),
        null,
        query.assumptions(),
        reading.confidence());
  }

  // ---- forms and places ----

  private TurnPlan input(Words words, Reading reading) {
    TurnPlan form = words.containsAny(Phrases.CHANGE_DATA) ? null : formPlans.input(words);
    return form != null ? form : replies.cannotChange(reading);
  }

  private static boolean startsWithAny(Words words, Set<String> verbs) {
    for (int i = 0; i < Math.min(6, words.size()); i++) {
      if (verbs.contains(words.stem(i))) {
        return true;
      }
    }
    return false;
  }
}
