package io.colloquy.command.planner;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Dimension;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.source.Passages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static final Set<String> GO_THERE =
      Set.of(
          "go to",
          "open",
          "navigate to",
          "navigate",
          "take me to",
          "bring me to",
          "switch to the",
          "jump to",
          "go back to",
          "show me the way to",
          "where do i find",
          "where is the",
          "where can i find");
  private static final Set<String> TAKE_OUT = Set.of("export", "download");
  private static final Set<String> WHAT_CAN_I_DO =
      Set.of("what can i do", "where can i", "what can we do", "where should i go");
  private static final Set<String> ENTER_DATA =
      Set.of(
          "add",
          "create",
          "register",
          "enter",
          "insert",
          "delete",
          "remove",
          "update",
          "onboard",
          "record",
          "submit");
  private static final Set<String> CHANGE_DATA = Set.of("delete", "remove", "update");
  private static final Set<String> SEARCH =
      Set.of(
          "find",
          "search",
          "look up",
          "lookup",
          "list",
          "locate",
          "look for",
          "looking for",
          "which customer",
          "who are",
          "show me customer",
          "show customer",
          "show me all customer",
          "show all customer",
          "show me the customer",
          "get customer",
          "get me customer",
          "get me all customer",
          "display customer",
          "give me customer",
          "give me all customer");
  private static final Set<String> FILTER = Set.of("filter", "refine");
  private static final Set<String> HELLO = Set.of("hello", "hello world", "say hello");
  private static final Set<String> GREETING =
      Set.of(
          "hi", "hey", "good morning", "good afternoon", "good evening", "hi there", "hello there");
  private static final Set<String> THANKS =
      Set.of(
          "thank",
          "thank you",
          "many thank",
          "thank you very much",
          "thx",
          "great",
          "perfect",
          "bye",
          "goodbye",
          "ok thank");
  private static final Set<String> EXPLAIN =
      Set.of(
          "explain",
          "define",
          "definition",
          "mean",
          "meaning",
          "calculated",
          "computed",
          "stand for",
          "definition of",
          "is defined");
  private static final Set<String> HELP =
      Set.of(
          "help",
          "help me",
          "what can you do",
          "what can i ask",
          "how does this work",
          "what do you know",
          "which data",
          "what data",
          "what source",
          "which source",
          "who are you");
  private static final Set<String> COUNTING = Set.of("how many", "number of", "count");
  private static final Set<String> WHICH_VALUES =
      Set.of(
          "how many",
          "which",
          "what",
          "list",
          "list all",
          "show all",
          "name",
          "what are the",
          "what are our",
          "show me all",
          "list the",
          "list all the",
          "list our",
          "which are the",
          "show me the list of",
          "how many different",
          "how many distinct",
          "what kind of",
          "all");
  private static final Set<String> VAGUE =
      Set.of(
          "show",
          "chart",
          "graph",
          "plot",
          "compare",
          "report",
          "data",
          "figure",
          "number",
          "trend",
          "top",
          "best",
          "worst",
          "highest",
          "lowest",
          "doing",
          "performance",
          "perform",
          "analysis",
          "analyze",
          "overview",
          "summary",
          "going",
          "bottom",
          "most",
          "least",
          "insight",
          "breakdown",
          "statistic",
          "stat",
          "kpi");
  private static final Set<String> DECIDING =
      Set.of(
          "by",
          "per",
          "each",
          "in",
          "for",
          "from",
          "of",
          "at",
          "in the",
          "of the",
          "for the",
          "by the",
          "from the");
  private static final double ENOUGH = 0.5;
  private static final int MOST_LEXICONS = 50;
  private static final Actor EVERYONE = new Actor("", Set.of(Permissions.VIEWER), null);

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final @Nullable Passages passages;
  private final FormPlans formPlans;
  private final Replies replies;
  private final Map<Object, Lexicon> lexicons = new LinkedHashMap<>();

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
  }

  /**
   * Learns the vocabulary beside the rest of the start, so that the first question does not wait
   * for it.
   */
  @Override
  public void afterSingletonsInstantiated() {
    Thread.ofVirtual()
        .name("vocabulary")
        .start(() -> lexicon(catalogue.datasetsFor(EVERYONE), EVERYONE));
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public TurnPlan plan(Question question) {
    Map<String, Dataset> readable = catalogue.datasetsFor(question.actor());
    Lexicon lexicon = lexicon(readable, question.actor());
    Words words = Words.of(question.content());
    Reading reading = read(words, question, lexicon, reachOf(question, null));
    TurnPlan courtesy = courtesy(words);
    if (courtesy != null) {
      return courtesy;
    }
    TurnPlan answered = fromEarlier(question, lexicon, reading, readable);
    if (answered != null) {
      return answered;
    }
    boolean takesOut =
        TAKE_OUT.contains(words.stem(0)) && reading.terms(Term.OfRoute.class).findAny().isPresent();
    if (words.containsAny(GO_THERE) || words.containsAny(WHAT_CAN_I_DO) || takesOut) {
      return navigation(reading);
    }
    if (words.containsAny(ENTER_DATA)
        && startsWithAny(words, ENTER_DATA)
        && wantsToChange(reading)) {
      return input(words, reading);
    }
    return aboutData(question, lexicon, reading, readable);
  }

  private Reading read(Words words, Question question, Lexicon lexicon, TimeGrammar.Reach reach) {
    java.util.Set<String> known = new java.util.HashSet<>(lexicon.words());
    known.addAll(TimeGrammar.WORDS);
    known.addAll(GrammarWords.FUNCTION);
    return Reading.of(words, lexicon, new Spelling(known), reach);
  }

  /** An unsaid year is the latest that the dataset has data for. */
  private TimeGrammar.Reach reachOf(Question question, @Nullable String dataset) {
    String name =
        dataset != null
            ? dataset
            : catalogue.datasetsFor(question.actor()).entrySet().stream()
                .filter(entry -> entry.getValue().time() != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    return name == null
        ? TimeGrammar.Reach.of(question.today(), null, null)
        : TimeGrammar.Reach.of(
            question.today(), vocabulary.firstDay(name), vocabulary.lastDay(name));
  }

  private Lexicon lexicon(Map<String, Dataset> readable, Actor actor) {
    boolean bound =
        readable.values().stream()
            .anyMatch(
                dataset ->
                    dataset.access() != null
                        && dataset.access().rows() != null
                        && !dataset.access().rows().isEmpty());
    Object key = bound ? List.of(readable, actor) : readable;
    synchronized (lexicons) {
      Lexicon known = lexicons.get(key);
      if (known != null) {
        return known;
      }
    }
    Lexicon learned = new Lexicon(catalogue, readable, vocabulary, actor);
    synchronized (lexicons) {
      if (lexicons.size() >= MOST_LEXICONS) {
        lexicons.clear();
      }
      lexicons.put(key, learned);
    }
    return learned;
  }

  // ---- small talk ----

  private static @Nullable TurnPlan courtesy(Words words) {
    String all = words.phrase(0, words.size());
    if (HELLO.contains(all)) {
      return Replies.hello();
    }
    if (GREETING.contains(all)) {
      return Replies.courtesy("Hello! Ask me about your data, or say *help* to see what there is.");
    }
    if (THANKS.contains(all)) {
      return Replies.courtesy("You're welcome.");
    }
    return null;
  }

  // ---- going on from earlier turns ----

  private @Nullable TurnPlan fromEarlier(
      Question question, Lexicon lexicon, Reading reading, Map<String, Dataset> readable) {
    if (question.history().isEmpty() || !FollowUp.sounds(reading.words())) {
      return null;
    }
    Earlier last = question.history().getLast();
    if (Clarification.is(last.plan())) {
      // Asked back, a person says what they meant: that belongs to the question before.
      boolean answers = !reading.matches().isEmpty() || !reading.periods().isEmpty();
      return answers
          ? plan(
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
            && !startsAsFollowUp(reading.words());
    if (elsewhere || standsAlone || namesItself || !reading.unknown().isEmpty()) {
      return null;
    }
    Reading again =
        read(Words.of(question.content()), question, lexicon, reachAfter(question, base));
    return FollowUp.plan(again, before, base, dataset);
  }

  /** "In Q1" after a question about 2025 is the first quarter of 2025. */
  private TimeGrammar.Reach reachAfter(Question question, DataQuery base) {
    TimeGrammar.Reach reach = reachOf(question, base.dataset());
    return base.filters().stream()
        .filter(
            filter -> filter.operator() == Operator.BETWEEN && filter.dimension().equals("date"))
        .map(filter -> filter.values().stream().map(day -> day.substring(0, 4)).distinct().toList())
        .filter(years -> years.size() == 1)
        .findFirst()
        .map(years -> reach.in(Integer.parseInt(years.getFirst())))
        .orElse(reach);
  }

  private static boolean startsAsFollowUp(Words words) {
    return Set.of("and", "only", "just", "same", "now", "but", "also", "what about", "how about")
        .stream()
        .anyMatch(opener -> words.phrase(0, opener.split(" ").length).equals(opener));
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

  // ---- data ----

  private TurnPlan aboutData(
      Question question, Lexicon lexicon, Reading found, Map<String, Dataset> readable) {
    Words words = found.words();
    if (found.unknown().isEmpty() && words.containsAny(HELP) && found.matches().isEmpty()) {
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
    Reading reading =
        read(Words.of(question.content()), question, lexicon, reachOf(question, name));
    if (words.containsAny(EXPLAIN)) {
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
    if (words.containsAny(COUNTING)) {
      return null;
    }
    String form = dataset.form();
    boolean wantsForm = form != null && words.containsAny(FILTER);
    boolean searches =
        words.containsAny(SEARCH)
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
    return readable.entrySet().stream()
        .filter(entry -> entry.getValue().time() != null)
        .filter(
            entry -> state.reads(entry.getValue().source().id(), entry.getValue().source().name()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Active sources go first; what only an inactive one knows is planned, and then refused. */
  private static List<String> datasets(
      Reading reading, Map<String, Dataset> readable, SharedState state) {
    Map<String, Dataset> active = new LinkedHashMap<>(readable);
    active
        .values()
        .removeIf(dataset -> !state.reads(dataset.source().id(), dataset.source().name()));
    List<String> best = DatasetChoice.of(reading, active);
    return best.isEmpty() ? DatasetChoice.of(reading, readable) : best;
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
            .anyMatch(place -> reading.follows(place, DECIDING) || reading.qualifies(place));
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
            && words.containsAny(VAGUE)
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
        && (WHICH_VALUES.contains(words.phrase(0, dimension.index()))
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

  /** "Add a customer" changes data; "add units to it" or "remove the north" went on before. */
  private static boolean wantsToChange(Reading reading) {
    return reading
        .words()
        .containsAny(
            Set.of(
                "new",
                "delete",
                "update",
                "register",
                "create",
                "add",
                "enter",
                "insert",
                "onboard",
                "remove",
                "submit",
                "record"));
  }

  private TurnPlan input(Words words, Reading reading) {
    TurnPlan form = words.containsAny(CHANGE_DATA) ? null : formPlans.input(words);
    return form != null ? form : replies.cannotChange(reading);
  }

  private TurnPlan navigation(Reading reading) {
    List<String> named =
        reading.terms(Term.OfRoute.class).map(Term.OfRoute::path).distinct().toList();
    Set<String> about =
        reading
            .terms(Term.OfDataset.class)
            .map(Term.OfDataset::dataset)
            .collect(Collectors.toSet());
    List<String> routes = new ArrayList<>(named);
    if (routes.isEmpty()) {
      catalogue
          .routes()
          .forEach(
              (path, route) -> {
                if (about.isEmpty() || route.about().stream().anyMatch(about::contains)) {
                  routes.add(path);
                }
              });
    }
    String rule =
        named.isEmpty()
            ? "the question asks where to go: the places that fit are offered"
            : "the question asks to go to a known place";
    return new TurnPlan(
        Intent.NAVIGATION,
        !routes.isEmpty(),
        routes.isEmpty() ? null : WidgetType.NAVIGATION,
        null,
        named.isEmpty() ? "Places to go" : catalogue.route(named.getFirst()).title(),
        rule,
        null,
        routes,
        null,
        linkParams(reading, routes),
        routes.isEmpty() ? "There are no places to go to." : null,
        List.of(),
        named.isEmpty() ? reading.confidence() : 1.0);
  }

  private Map<String, String> linkParams(Reading reading, List<String> routes) {
    Map<String, String> params = new LinkedHashMap<>();
    routes.forEach(path -> params.putAll(QueryReading.routeParams(reading, catalogue.route(path))));
    return params;
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
