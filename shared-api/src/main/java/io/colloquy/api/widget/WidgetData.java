package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a widget shows; one shape per kind. */
public sealed interface WidgetData {

  /**
   * A chart.
   *
   * @param chartType how it is drawn
   * @param series the figures; every series has as many values as labels
   * @param xAxisLabel what the labels are
   * @param yAxisLabel what the values are, with their unit
   * @param title what it shows
   */
  record Chart(
      ChartType chartType,
      List<Series> series,
      @JsonProperty("x_axis_label") String xAxisLabel,
      @JsonProperty("y_axis_label") String yAxisLabel,
      String title)
      implements WidgetData {

    /** Copies the series. */
    public Chart {
      series = List.copyOf(series);
    }

    /**
     * One row of figures.
     *
     * @param name what the figures are
     * @param values the figures
     * @param labels what each figure belongs to
     */
    public record Series(String name, List<BigDecimal> values, List<String> labels) {

      /** Copies the lists. */
      public Series {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
      }
    }
  }

  /**
   * A table.
   *
   * @param title what it shows
   * @param columns the columns, in order
   * @param rows the cells by column key
   * @param totalRows how many rows there are in all, at least as many as are shown
   */
  record Table(String title, List<Column> columns, List<Map<String, Object>> rows, long totalRows)
      implements WidgetData {

    /** Copies the lists. */
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param key the key of its cells
     * @param label its heading
     * @param type what its cells are
     * @param sortable whether a person may sort by it
     * @param filterable whether a person may filter by it
     */
    public record Column(
        String key, String label, ColumnType type, boolean sortable, boolean filterable) {}
  }

  /** What the cells of a column are. */
  enum ColumnType {
    TEXT,
    NUMBER,
    CURRENCY,
    DATE;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static ColumnType of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A form.
   *
   * @param formId which form it is
   * @param title what it is for
   * @param fields its fields, in order
   * @param submitButtonLabel the words on its button
   */
  record Form(
      String formId,
      @Nullable String title,
      List<Field> fields,
      @JsonProperty(defaultValue = "\"Submit\"") String submitButtonLabel)
      implements WidgetData {

    /** Copies the fields. */
    public Form {
      fields = List.copyOf(fields);
      submitButtonLabel = Objects.requireNonNullElse(submitButtonLabel, "Submit");
    }

    /**
     * A field.
     *
     * @param fieldId the key of its value
     * @param type which values it takes
     * @param label its words
     * @param placeholder an example shown while it is empty
     * @param required whether it must be filled in
     * @param options what a select offers
     * @param defaultValue what it holds at first, in the shape of its values
     * @param min the least number, or the first day as {@code 2026-01-31}
     * @param max the largest number, or the last day
     * @param pattern a regular expression the whole text must match
     * @param notBefore another field's id: this day may not be before that one
     */
    public record Field(
        String fieldId,
        FieldType type,
        String label,
        @Nullable String placeholder,
        @JsonProperty(defaultValue = "false") boolean required,
        @Nullable List<String> options,
        @Nullable Object defaultValue,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable String pattern,
        @Nullable String notBefore) {

      /** A field without limits. */
      public Field(
          String fieldId,
          FieldType type,
          String label,
          @Nullable String placeholder,
          boolean required,
          @Nullable List<String> options,
          @Nullable Object defaultValue) {
        this(
            fieldId,
            type,
            label,
            placeholder,
            required,
            options,
            defaultValue,
            null,
            null,
            null,
            null);
      }
    }
  }

  /**
   * Which values a field takes: a string for {@code text}, {@code textarea} and {@code select}, a
   * number, a list of strings for {@code multi_select}, a day like {@code 2026-01-31} for {@code
   * date}, {@code {"start_date","end_date"}} for {@code date_range}, true or false for {@code
   * checkbox}.
   */
  enum FieldType {
    TEXT,
    NUMBER,
    SELECT,
    MULTI_SELECT,
    DATE,
    DATE_RANGE,
    CHECKBOX,
    TEXTAREA;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static FieldType of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A card: one figure, or one message.
   *
   * @param title its heading
   * @param description what it says
   * @param icon a Material icon name
   * @param metric the figure, written for people
   * @param value the figure itself
   * @param delta the change against the period before, written for people
   */
  record Card(
      String title,
      String description,
      @Nullable String icon,
      @Nullable String metric,
      @Nullable BigDecimal value,
      @Nullable String delta)
      implements WidgetData {}

  /**
   * Cards that lead elsewhere.
   *
   * @param cards the destinations
   */
  record Navigation(List<Destination> cards) implements WidgetData {

    /** Copies the cards. */
    public Navigation {
      cards = List.copyOf(cards);
    }

    /**
     * A destination.
     *
     * @param title its name
     * @param description what is there
     * @param icon a Material icon name
     * @param badge a short remark
     * @param badgeColor {@code success}, {@code warning}, {@code error} or {@code info}
     * @param route the registered route
     * @param params what the route is opened with
     */
    public record Destination(
        String title,
        String description,
        String icon,
        @Nullable String badge,
        @Nullable String badgeColor,
        String route,
        @Nullable Map<String, String> params) {}
  }

  /**
   * A widget of a registered kind beyond the built-in ones.
   *
   * @param kind the registered name
   * @param title what it shows
   * @param payload what the kind's own schema demands
   */
  record Custom(String kind, String title, Map<String, Object> payload) implements WidgetData {}
}
