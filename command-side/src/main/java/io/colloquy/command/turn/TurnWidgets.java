package io.colloquy.command.turn;

import io.colloquy.api.turn.TurnPlan;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.api.widget.WidgetType;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.widget.Issuing;
import io.colloquy.command.widget.Widgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The widgets a plan asks for, made from what was read. */
@Component
class TurnWidgets {

  private final Widgets widgets;

  TurnWidgets(Widgets widgets) {
    this.widgets = widgets;
  }

  List<WidgetDescriptor> of(
      TurnPlan plan, @Nullable QueryResult result, @Nullable String delta, Issuing issuing) {
    WidgetType type = plan.widgetType();
    if (type == null) {
      return List.of();
    }
    List<WidgetDescriptor> issued = new ArrayList<>();
    if (type == WidgetType.FORM) {
      issued.add(widgets.form(Objects.requireNonNull(plan.formId()), plan.formDefaults(), issuing));
    }
    if (type == WidgetType.NAVIGATION) {
      issued.add(widgets.navigation(plan.routes(), plan.formDefaults(), issuing));
    }
    if (type == WidgetType.CUSTOM && plan.query() == null) {
      issued.add(widgets.choices(plan.title(), plan.formDefaults(), issuing));
    }
    if (type == WidgetType.CARD && plan.query() == null) {
      issued.add(widgets.hello(issuing));
    }
    if (result != null && !result.rows().isEmpty()) {
      issued.add(ofData(plan, type, result, delta, issuing));
    }
    return issued;
  }

  private WidgetDescriptor ofData(
      TurnPlan plan, WidgetType type, QueryResult result, @Nullable String delta, Issuing issuing) {
    return switch (type) {
      case CARD -> widgets.card(result, plan.title(), delta, issuing);
      case CUSTOM -> widgets.heatmap(result, plan.title(), issuing);
      case CHART, TABLE, FORM, NAVIGATION ->
          plan.chartType() == null
              ? widgets.table(result, plan.title(), issuing)
              : widgets.chart(result, plan.chartType(), plan.title(), issuing);
    };
  }
}
