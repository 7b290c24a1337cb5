package io.colloquy.command.planner;

import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.turn.Intent;
import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Understands questions offline: the words are looked up in the catalogue's vocabulary, times have
 * a grammar, and the parts found decide the intent. The same question on the same day always gets
 * the same plan.
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
          "switch to",
          "jump to");
  private static final Set<String> WHAT_CAN_I_DO =
      Set.of("what can i do", "where can i", "what can we do");
  private static final Set<String> ENTER_DATA =
      Set.of("add", "create", "register", "enter", "insert", "delete", "remove", "update");
  private static final Set<String> SEARCH =
      Set.of(
          "find",
          "search",
          "look up",
          "lookup",
          "list",
          "locate",
          "which customer",
          "who are",
          "show me customer",
          "show customer");
  private static final Set<String> FILTER = Set.of("filter", "refine");
  private static final Set<String> CHANGE_DATA = Set.of("delete", "remove", "update");
  private static final Set<String> HELLO = Set.of("hello", "hello world", "say hello");
  private static final Set<String> EXPLAIN =
      Set.of("explain", "define", "definition", "mean", "meaning");
  private static final Set<String> HELP = Set.of("help", "hi", "what can you do", "what can i ask");
  private static final Set<String> COUNTING = Set.of("how many", "number of", "count");

  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final FormPlans formPlans;
  private volatile @Nullable Lexicon lexicon;

  /** A planner over the catalogue and the values its data holds. */
  public EmbeddedPlanner(Catalogue catalogue, Vocabulary vocabulary) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.formPlans = new FormPlans(catalogue);
  }

  /**
   * Learns the vocabulary beside the rest of the start, so that the first question does not wait
   * for it.
   */
  @Override
  public void afterSingletonsInstantiated() {
    Thread.ofVirtual().name("vocabulary").start(this::lexicon);
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public TurnPlan plan(Question question) {
    Words words = Words.of(question.content());
    Reading reading = Reading.of(words, lexicon(), vocabulary, question.today());
    if (words.containsAny(GO_THERE) || words.containsAny(WHAT_CAN_I_DO)) {
      return navigation(reading);
    }
    if (words.containsAny(ENTER_DATA) && startsWithAny(words, ENTER_DATA)) {
      return input(words, reading);
    }
    String name = dataset(reading, question.state());
    if (name == null) {
      return HELLO.contains(words.phrase(0, words.size())) ? hello() : withoutData(reading);
    }
    Dataset dataset = catalogue.dataset(name);
    if (words.containsAny(EXPLAIN)) {
      return text(
          Intent.TEXT_ONLY,
          reading,
          "the question asks what a term means",
          definition(reading, dataset));
    }
    QueryReading query = new QueryReading(reading, name, dataset);
    String form = dataset.form();
    if (form != null && !words.containsAny(COUNTING)) {
      boolean wantsForm = words.containsAny(FILTER);
      if (query.isSearch() && (wantsForm || words.containsAny(SEARCH))) {
        return formPlans.search(reading, name, form, query);
      }
      if (wantsForm && catalogue.form(form).chart() != null) {
        return formPlans.filter(reading, form, query);
      }
    }
    return data(reading, dataset, query);
  }

  private Lexicon lexicon() {
    Lexicon known = lexicon;
    if (known == null) {
      known = new Lexicon(catalogue, vocabulary);
      lexicon = known;
    }
    return known;
  }

  /**
   * The dataset most of the words belong to; naming it counts double, the first in the catalogue
   * wins a tie.
   */
  private @Nullable String dataset(Reading reading, SharedState state) {
    String active = dataset(reading, dataset -> ActiveSources.allow(dataset, state));
    return active != null ? active : dataset(reading, dataset -> true);
  }

  private @Nullable String dataset(Reading reading, Predicate<Dataset> eligible) {
    Map<String, Integer> votes = new LinkedHashMap<>();
    catalogue
        .datasets()
        .forEach(
            (name, dataset) -> {
              if (eligible.test(dataset)) {
                votes.put(name, 0);
              }
            });
    for (Reading.Found found : reading.matches()) {
      Set<String> datasets =
          found.terms().stream().map(EmbeddedPlanner::datasetOf).collect(Collectors.toSet());
      boolean named = found.terms().stream().anyMatch(Term.OfDataset.class::isInstance);
      datasets.stream()
          .filter(votes::containsKey)
          .forEach(dataset -> votes.merge(dataset, named ? 2 : 1, Integer::sum));
    }
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return most == 0
        ? null
        : votes.entrySet().stream()
            .filter(vote -> vote.getValue() == most)
            .findFirst()
            .orElseThrow()
            .getKey();
  }

  private static String datasetOf(Term term) {
    return switch (term) {
      case Term.OfDataset found -> found.dataset();
      case Term.OfMeasure found -> found.dataset();
      case Term.OfDimension found -> found.dataset();
      case Term.OfValue found -> found.dataset();
      case Term.OfRoute ignored -> "";
    };
  }

  private TurnPlan data(Reading reading, Dataset dataset, QueryReading query) {
    DataQuery question = query.query();
    Shape shape = Shape.of(reading.words(), question, dataset, query.comparesPeriods());
    return new TurnPlan(
        shape.intent(),
        true,
        shape.widget(),
        shape.chart(),
        query.title(),
        shape.rule(),
        question,
        List.of(),
        null,
        Map.of(),
        null,
        query.assumptions(),
        reading.confidence());
  }

  private TurnPlan input(Words words, Reading reading) {
    TurnPlan form = words.containsAny(CHANGE_DATA) ? null : formPlans.input(words);
    return form != null
        ? form
        : text(Intent.FORM_INPUT, reading, "the question asks to change data", cannotChange());
  }

  private static TurnPlan hello() {
    return new TurnPlan(
        Intent.TEXT_ONLY,
        true,
        WidgetType.CARD,
        null,
        "Hello",
        "a greeting gets the hello widget",
        null,
        List.of(),
        null,
        Map.of(),
        "Here's an interactive widget for you:",
        List.of(),
        1.0);
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
        true,
        WidgetType.NAVIGATION,
        null,
        named.isEmpty() ? "Places to go" : catalogue.route(named.getFirst()).title(),
        rule,
        null,
        routes,
        null,
        linkParams(reading, routes),
        null,
        List.of(),
        named.isEmpty() ? reading.confidence() : 1.0);
  }

  private Map<String, String> linkParams(Reading reading, List<String> routes) {
    Map<String, String> params = new LinkedHashMap<>();
    routes.forEach(path -> params.putAll(QueryReading.routeParams(reading, catalogue.route(path))));
    return params;
  }

  private TurnPlan withoutData(Reading reading) {
    if (reading.unknown().isEmpty() && reading.words().containsAny(HELP)) {
      return text(Intent.TEXT_ONLY, reading, "the question asks for help", whatCanBeAsked());
    }
    String about =
        reading.unknown().isEmpty() ? "that" : "\"" + String.join(" ", reading.unknown()) + "\"";
    String reply =
        "I can't answer this from the sources I have: I found nothing about %s in them.\n\n%s"
            .formatted(about, whatCanBeAsked());
    return text(Intent.TEXT_ONLY, reading, "no term of the question is in the catalogue", reply);
  }

  private static TurnPlan text(Intent intent, Reading reading, String rule, String reply) {
    return TurnPlan.reply(intent, rule, reply, reading.confidence());
  }

  private String whatCanBeAsked() {
    String sources =
        catalogue.datasets().values().stream()
            .map(
                dataset ->
                    "- **%s**: %s Figures: %s."
                        .formatted(
                            dataset.title(),
                            dataset.description(),
                            dataset.measures().values().stream()
                                .map(Catalogue.Measure::label)
                                .collect(Collectors.joining(", "))))
            .collect(Collectors.joining("\n"));
    return "You can ask about\n\n%s\n\nFor example: *Show me Q2 sales by region*, *Top 5 products by units in 2025*, *Find customers in New York*."
        .formatted(sources);
  }

  private String cannotChange() {
    String searchable =
        catalogue.forms().values().stream()
            .map(Catalogue.FormDefinition::title)
            .collect(Collectors.joining(", "));
    return "I can read the sources, not change them. What I can offer instead: %s."
        .formatted(searchable);
  }

  private static String definition(Reading reading, Dataset dataset) {
    return reading
        .terms(Term.OfMeasure.class)
        .findFirst()
        .map(term -> dataset.measures().get(term.measure()))
        .map(
            measure -> {
              String column = Objects.requireNonNullElse(measure.column(), "rows");
              String how =
                  switch (measure.aggregate()) {
                    case SUM -> "the sum of \"" + column + "\"";
                    case AVG -> "the average of \"" + column + "\"";
                    case COUNT -> "the number of rows";
                  };
              return "**%s** is %s over %s. %s"
                  .formatted(measure.label(), how, dataset.noun(), dataset.description());
            })
        .orElse("**%s**: %s".formatted(dataset.title(), dataset.description()));
  }

  private static boolean startsWithAny(Words words, Set<String> verbs) {
    for (int i = 0; i < Math.min(4, words.size()); i++) {
      if (verbs.contains(words.stem(i))) {
        return true;
      }
    }
    return false;
  }
}
