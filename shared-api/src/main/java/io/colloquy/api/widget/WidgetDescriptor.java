package io.colloquy.api.widget;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A widget as clients get it, in the reference guide's JSON.
 *
 * @param type always {@code widget}
 * @param widgetId UUID, version 4
 * @param widgetType the kind, which decides the shape of {@code data}
 * @param data what is shown
 * @param config what the client may do with it
 * @param actions the actions the person it was issued to was permitted
 * @param metadata where it came from and until when it lives
 */
public record WidgetDescriptor(
    String type,
    String widgetId,
    WidgetType widgetType,
    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
            property = "widget_type")
        @JsonSubTypes({
          @JsonSubTypes.Type(value = WidgetData.Chart.class, name = "chart"),
          @JsonSubTypes.Type(value = WidgetData.Table.class, name = "table"),
          @JsonSubTypes.Type(value = WidgetData.Form.class, name = "form"),
          @JsonSubTypes.Type(value = WidgetData.Card.class, name = "card"),
          @JsonSubTypes.Type(value = WidgetData.Navigation.class, name = "navigation"),
          @JsonSubTypes.Type(value = WidgetData.Custom.class, name = "custom")
        })
        WidgetData data,
    @JsonProperty(defaultValue = "{}") WidgetConfig config,
    @JsonProperty(defaultValue = "[]") List<WidgetAction> actions,
    @JsonProperty(defaultValue = "null") WidgetMetadata metadata) {

  /** Copies the actions; a descriptor without config or actions is as one with none set. */
  public WidgetDescriptor {
    config = Objects.requireNonNullElse(config, WidgetConfig.NONE);
    actions = List.copyOf(Objects.requireNonNullElse(actions, List.of()));
  }

  /** The same widget with other actions. */
  public WidgetDescriptor withActions(List<WidgetAction> otherActions) {
    return new WidgetDescriptor(type, widgetId, widgetType, data, config, otherActions, metadata);
  }

  /**
   * What a client may do with the widget.
   *
   * @param interactive whether it reacts to the person
   * @param responsive whether it adapts to the width
   * @param exportable whether it carries a download
   * @param drillDownEnabled whether it carries a drill-down
   */
  public record WidgetConfig(
      @JsonProperty(defaultValue = "false") boolean interactive,
      @JsonProperty(defaultValue = "false") boolean responsive,
      @JsonProperty(defaultValue = "false") boolean exportable,
      @JsonProperty(value = "drill_down_enabled", defaultValue = "false")
          boolean drillDownEnabled) {

    static final WidgetConfig NONE = new WidgetConfig(false, false, false, false);
  }

  /**
   * Where a widget came from.
   *
   * @param sources the sources read for it
   * @param generatedAt when, ISO-8601 in UTC
   * @param expiresAt after this instant its actions are refused
   * @param query the question it answers
   * @param userId whom it was issued to
   */
  public record WidgetMetadata(
      @JsonProperty(defaultValue = "[]") List<SourceReference> sources,
      String generatedAt,
      @Nullable String expiresAt,
      @Nullable String query,
      @Nullable String userId) {

    /** Copies the sources. */
    public WidgetMetadata {
      sources = List.copyOf(Objects.requireNonNullElse(sources, List.of()));
    }
  }
}
