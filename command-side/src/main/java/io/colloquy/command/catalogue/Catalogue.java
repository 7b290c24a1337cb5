package io.colloquy.command.catalogue;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.SharedState;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetData;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked: datasets with their measures and dimensions, forms and the routes clients
 * know. Datasets of uploaded sources come and go; everything else is fixed.
 */
public final class Catalogue {

  private final Map<String, Dataset> shipped;
  private final Map<String, FormDefinition> forms;
  private final Map<String, Route> routes;
  private volatile Map<String, Dataset> datasets;

  /**
   * A catalogue without uploaded sources.
   *
   * @param datasets by name
   * @param forms by form id
   * @param routes by path
   */
  public Catalogue(
      Map<String, Dataset> datasets, Map<String, FormDefinition> forms, Map<String, Route> routes) {
    this.shipped = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    this.forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    this.datasets = this.shipped;
  }

  /** All datasets by name, those of the catalogue's file first. */
  public Map<String, Dataset> datasets() {
    return datasets;
  }

  /** The forms by id. */
  public Map<String, FormDefinition> forms() {
    return forms;
  }

  /** The routes by path. */
  public Map<String, Route> routes() {
    return routes;
  }

  /** The datasets an actor may read, by name. */
  public Map<String, Dataset> datasetsFor(Actor actor) {
    Map<String, Dataset> readable = new LinkedHashMap<>(datasets);
    readable.values().removeIf(dataset -> !dataset.mayBeReadBy(actor));
    return readable;
  }

  /**
   * The datasets that were there before anything was uploaded, as far as an actor may read them.
   */
  public Collection<Dataset> givenFor(Actor actor) {
    return shipped.values().stream().filter(dataset -> dataset.mayBeReadBy(actor)).toList();
  }

  /** Takes the datasets of uploaded sources, in place of those it had. */
  public void takeUploads(Map<String, Dataset> uploads) {
    Map<String, Dataset> all = new LinkedHashMap<>(shipped);
    uploads.forEach(all::putIfAbsent);
    datasets = Collections.unmodifiableMap(all);
  }

  /** The dataset of that name, or a refusal that says there is none. */
  public Dataset dataset(String name) {
    Dataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new Refusal(
          ErrorCode.QUERY_REFUSED,
          "There is no dataset called \"" + name + "\"; its source may have been removed.");
    }
    return dataset;
  }

  /** The form of that id, or a refusal that says there is none. */
  public FormDefinition form(String id) {
    FormDefinition form = forms.get(id);
    if (form == null) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "There is no form called \"" + id + "\".");
    }
    return form;
  }

  /** The registered route, or a refusal that says there is none. */
  public Route route(String path) {
    Route route = routes.get(path);
    if (route == null) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "There is no page at \"" + path + "\".");
    }
    return route;
  }

  /**
   * A table or view people may ask about.
   *
   * @param noun what its rows are called in a sentence
   * @param table the table, with its schema
   * @param time the date column that time dimensions are parts of
   * @param searchMeasure the figure shown beside the rows of a search
   * @param searchDimensions the columns of a search's results
   * @param form the form that filters it
   * @param drill the dimensions a drill-down goes through, in order
   * @param pieces the measure that counts the things its dimensions' values name, as in "how many
   *     laptops"
   * @param access who may read it, and which of its rows; absent for everyone and all
   * @param rowNumber the column that says where in its file a row stood, for uploaded sources
   * @param external whether the table is in the database that was brought, not in the product's own
   */
  public record Dataset(
      String title,
      String noun,
      String description,
      String table,
      Source source,
      List<String> synonyms,
      @Nullable String time,
      String defaultMeasure,
      @Nullable String searchMeasure,
      @Nullable List<String> searchDimensions,
      @Nullable String form,
      Map<String, Measure> measures,
      Map<String, Dimension> dimensions,
      List<String> drill,
      @Nullable String pieces,
      @Nullable Access access,
      @Nullable String rowNumber,
      boolean external) {

    /** The measure that counts rows, or null when it has none. */
    public @Nullable String count() {
      return measures.entrySet().stream()
          .filter(measure -> measure.getValue().aggregate() == Aggregate.COUNT)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    /** Whether a name is that of a part of its date, and not of another dimension or a measure. */
    public boolean isTime(String name) {
      Dimension dimension = dimensions.get(name);
      return dimension != null && dimension.isTime();
    }

    /** Whether a conversation's clients let turns read its source. */
    public boolean isActiveIn(SharedState state) {
      return state.reads(source.id(), source.name());
    }

    /** Whether an actor may read any of it. */
    public boolean mayBeReadBy(Actor actor) {
      return access == null || access.allows(actor);
    }

    /** The labels of its columns, by name, as {@link DataReader#rowsBehind} gives them. */
    public Map<String, String> columnLabels() {
      Map<String, String> labels = new LinkedHashMap<>();
      if (rowNumber != null) {
        labels.put("row", "Row");
      }
      dimensions.forEach(
          (name, dimension) -> {
            if (!dimension.isTime() || dimension.part() == DatePart.DAY) {
              labels.put(name, dimension.label());
            }
          });
      measures.forEach(
          (name, measure) -> {
            if (measure.column() != null) {
              labels.putIfAbsent(name, measure.axisLabel());
            }
          });
      return labels;
    }

    /** The same dataset in the database that was brought. */
    public Dataset inExternalDatabase() {
      return new Dataset(
          title,
          noun,
          description,
          table,
          source,
          synonyms,
          time,
          defaultMeasure,
          searchMeasure,
          searchDimensions,
          form,
          measures,
          dimensions,
          drill,
          pieces,
          access,
          rowNumber,
          true);
    }

    /** The measure of that name, or a refusal that says there is none. */
    public Measure measure(String name) {
      return known(measures.get(name), "measure", name);
    }

    /** The dimension of that name, or a refusal that says there is none. */
    public Dimension dimension(String name) {
      return known(dimensions.get(name), "dimension", name);
    }

    private <T> T known(@Nullable T part, String kind, String name) {
      if (part == null) {
        throw new Refusal(
            ErrorCode.QUERY_REFUSED, "%s has no %s called \"%s\".".formatted(title, kind, name));
      }
      return part;
    }

    /** How this dataset is named as a source, with the confidence of the question that read it. */
    public SourceReference reference(double confidence) {
      return new SourceReference(source.id(), source.name(), confidence, source.location());
    }
  }

  /**
   * Who may read a dataset.
   *
   * @param owner who always may, absent for nobody
   * @param permissions any one of these suffices; empty means everyone
   * @param rows rules that all hold for whoever they bind
   */
  public record Access(
      @Nullable String owner, @Nullable List<String> permissions, @Nullable List<RowRule> rows) {

    /** Whether an actor may read any of it. */
    boolean allows(Actor actor) {
      return actor.userId().equals(owner)
          || actor.holdsAnyOf(Objects.requireNonNullElse(permissions, List.of()));
    }

    /** The rules that bind an actor. */
    List<RowRule> rulesFor(Actor actor) {
      if (actor.userId().equals(owner)) {
        return List.of();
      }
      return Objects.requireNonNullElse(rows, List.<RowRule>of()).stream()
          .filter(rule -> !rule.frees(actor))
          .toList();
    }
  }

  /** Where a dataset comes from, as citations name it. */
  public record Source(String id, String name, String location) {}

  /**
   * A figure.
   *
   * @param column what is aggregated; absent when rows are counted
   * @param unit written before the figure, such as $
   */
  public record Measure(
      Aggregate aggregate,
      @Nullable String column,
      String label,
      @Nullable String unit,
      List<String> synonyms) {

    /** The label with its unit, as an axis shows it. */
    public String axisLabel() {
      return unit == null ? label : label + " (" + unit + ")";
    }
  }

  /** How rows become a figure. */
  public enum Aggregate {
    SUM,
    AVG,
    COUNT;

    @com.fasterxml.jackson.annotation.JsonCreator
    static Aggregate of(String name) {
      return valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /**
   * Something to break down or filter by: a column, or a part of the dataset's date.
   *
   * @param open whether it has too many values to know them all
   * @param loose whether its column may be empty or hold something other than text
   * @param valueSynonyms other words for its values
   */
  public record Dimension(
      @Nullable String column,
      @Nullable DatePart part,
      String label,
      boolean open,
      boolean loose,
      @Nullable List<String> synonyms,
      @Nullable Map<String, List<String>> valueSynonyms) {

    /** Whether it is a part of the dataset's date. */
    public boolean isTime() {
      return part != null;
    }
  }

  /** A part of a date, with the pattern PostgreSQL writes it in. */
  public enum DatePart {
    YEAR("YYYY"),
    QUARTER("YYYY \"Q\"Q"),
    MONTH("YYYY-MM"),
    DAY("YYYY-MM-DD");

    private final String pattern;

    DatePart(String pattern) {
      this.pattern = pattern;
    }

    String pattern() {
      return pattern;
    }

    /** The part of a day, as the pattern writes it. */
    String valueOf(LocalDate day) {
      return switch (this) {
        case YEAR -> Integer.toString(day.getYear());
        case QUARTER -> "%d Q%d".formatted(day.getYear(), (day.getMonthValue() + 2) / 3);
        case MONTH -> "%d-%02d".formatted(day.getYear(), day.getMonthValue());
        case DAY -> day.toString();
      };
    }

    @com.fasterxml.jackson.annotation.JsonCreator
    static DatePart of(String name) {
      return valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /**
   * A form.
   *
   * @param dataset what it reads; absent when it takes data down
   * @param endpoint where its submit action leads
   * @param submit the words on its button
   * @param chart how what it reads is shown; absent for a table of rows
   * @param synonyms what may be added with it, for a form that takes data down
   * @param confirm the question a person must agree to before it is submitted
   * @param done what to say once it is taken down
   */
  public record FormDefinition(
      String title,
      @Nullable String dataset,
      String endpoint,
      String submit,
      @Nullable Breakdown chart,
      @Nullable List<String> synonyms,
      @Nullable String confirm,
      @Nullable String done,
      Map<String, FieldDefinition> fields) {}

  /**
   * How a form's chart is broken down.
   *
   * @param by the dimension
   * @param elseBy the dimension to take when only one value of the first is left
   */
  public record Breakdown(String by, String elseBy) {}

  /**
   * A field of a form; its limits are those of {@link WidgetData.Form.Field}.
   *
   * @param optionsOf the dimension whose values are offered
   * @param optionsDataset the dataset of that dimension, absent for the form's own
   * @param filter what it restricts, for a form that reads
   */
  public record FieldDefinition(
      WidgetData.FieldType type,
      String label,
      @Nullable String placeholder,
      boolean required,
      @Nullable Object min,
      @Nullable Object max,
      @Nullable String pattern,
      @Nullable String notBefore,
      @Nullable String optionsOf,
      @Nullable String optionsDataset,
      @Nullable FieldFilter filter) {}

  /** What a filled-in field restricts: a dimension or a measure. */
  public record FieldFilter(
      @Nullable String dimension, @Nullable String measure, Operator operator) {

    /** The name of what it restricts. */
    public String restricts() {
      return Objects.requireNonNullElseGet(dimension, () -> Objects.requireNonNull(measure));
    }
  }

  /**
   * A place in the client.
   *
   * @param about the datasets it shows, the main one first
   * @param params the dimensions a deep link to it may carry; {@code period} is a span of days
   */
  public record Route(
      String title,
      String description,
      String icon,
      List<String> about,
      List<String> params,
      List<String> synonyms) {}
}
