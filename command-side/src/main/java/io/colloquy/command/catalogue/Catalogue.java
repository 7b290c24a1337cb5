package io.colloquy.command.catalogue;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.data.DataQuery.Operator;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What can be asked: datasets with their measures and dimensions, forms and the routes clients
 * know.
 *
 * @param datasets by name
 * @param forms by form id
 * @param routes by path
 */
public record Catalogue(
    Map<String, Dataset> datasets, Map<String, FormDefinition> forms, Map<String, Route> routes) {

  /**
   * Reads the catalogue that ships with the product. An unknown key is an error, so that no rule is
   * silently lost.
   */
  public static Catalogue read() {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    try (InputStream file = Catalogue.class.getResourceAsStream("/catalogue/datasets.yaml")) {
      return yaml.readValue(
          Objects.requireNonNull(file, "catalogue/datasets.yaml"), Catalogue.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The dataset of that name, or a refusal that says there is none. */
  public Dataset dataset(String name) {
    Dataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new Refusal(ErrorCode.QUERY_REFUSED, "There is no dataset called \"" + name + "\".");
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
      List<String> drill) {

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
   * @param valueSynonyms other words for its values
   */
  public record Dimension(
      @Nullable String column,
      @Nullable DatePart part,
      String label,
      boolean open,
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
