package io.colloquy.command.action;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.action.ActionResult;
import io.colloquy.api.conversation.ConversationCommand.IssueWidget;
import io.colloquy.api.conversation.ConversationCommand.RecordDataQuery;
import io.colloquy.api.conversation.ConversationCommand.SubmitForm;
import io.colloquy.api.conversation.ConversationEvent.ActionAuthorized;
import io.colloquy.api.conversation.ConversationEvent.WidgetGenerated;
import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.SourceReference;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.DataReader;
import io.colloquy.command.catalogue.QueryResult;
import io.colloquy.command.export.Exporter;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.widget.DataKeys;
import io.colloquy.command.widget.DrillPath;
import io.colloquy.command.widget.Issuing;
import io.colloquy.command.widget.Widgets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each kind of action does, and what it brings back. */
@Component
class ActionEffects {

  /** The rows asked for were found where they were looked for, so nothing was guessed. */
  private static final double CERTAIN = 1.0;

  private final Catalogue catalogue;
  private final DataReader reader;
  private final Widgets widgets;
  private final Exporter exporter;
  private final FormSearches searches;
  private final Commands commands;
  private final EventStore log;
  private final Clock clock;

  ActionEffects(
      Catalogue catalogue,
      DataReader reader,
      Widgets widgets,
      Exporter exporter,
      Commands commands,
      EventStore log,
      Clock clock) {
    this.catalogue = catalogue;
    this.reader = reader;
    this.widgets = widgets;
    this.exporter = exporter;
    this.searches = new FormSearches(catalogue);
    this.commands = commands;
    this.log = log;
    this.clock = clock;
  }

  ActionResult of(ActionAuthorized action, Actor actor) {
    return switch (action.action().type()) {
      case API_CALL -> call(action, actor);
      case DOWNLOAD -> exporter.export(action, dataOf(action), actor);
      case SUBMIT -> submit(action, actor);
      case NAVIGATE -> navigate(action);
      case DIALOG ->
          throw new Refusal(ErrorCode.INVALID_PARAMS, "There is nothing to confirm here.");
    };
  }

  private ActionResult call(ActionAuthorized action, Actor actor) {
    String endpoint = String.valueOf(action.action().params().get("endpoint"));
    if (!endpoint.equals("/api/data/drilldown")) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "This action leads nowhere any more.");
    }
    DataQuery query = dataOf(action);
    Dataset dataset = catalogue.dataset(query.dataset());
    Object selected = action.params().get("selected_item");
    String item = selected == null || selected.toString().isBlank() ? null : selected.toString();
    DataQuery deeper = DrillPath.deeper(query, dataset, item);
    String title = item == null ? "Details" : "Details for " + item;
    QueryResult result = reader.read(deeper);
    if (item != null && result.rows().isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "There is no \"" + item + "\" in this widget.");
    }
    return issueTable(action, actor, result, title);
  }

  private ActionResult submit(ActionAuthorized action, Actor actor) {
    Map<String, Object> values = formValues(action.params());
    String endpoint = String.valueOf(action.action().params().get("endpoint"));
    Optional<String> formId = searches.formAt(endpoint);
    commands.send(
        new SubmitForm(
            action.conversationId(),
            action.invocationId(),
            action.widgetId(),
            formId.orElse(endpoint),
            values),
        actor);
    if (formId.isEmpty()) {
      return new ActionResult.Success("Form submitted successfully");
    }
    QueryResult result = reader.read(searches.query(formId.get(), values));
    if (result.rows().isEmpty()) {
      return new ActionResult.Success("Nothing matches this search.");
    }
    return issueTable(action, actor, result, searches.resultTitle(formId.get()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> formValues(Map<String, Object> params) {
    return params.get("form_data") instanceof Map<?, ?> values
        ? (Map<String, Object>) values
        : Map.of();
  }

  private ActionResult navigate(ActionAuthorized action) {
    String path = String.valueOf(action.action().params().get("route"));
    catalogue.route(path);
    return new ActionResult.Navigate(path, routeParams(action.action().params().get("params")));
  }

  private static @Nullable Map<String, String> routeParams(@Nullable Object params) {
    if (!(params instanceof Map<?, ?> map)) {
      return null;
    }
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> String.valueOf(entry.getValue())));
  }

  private ActionResult issueTable(
      ActionAuthorized action, Actor actor, QueryResult result, String title) {
    Dataset dataset = catalogue.dataset(result.query().dataset());
    List<SourceReference> sources = List.of(dataset.reference(CERTAIN));
    String dataKey = DataKeys.of(title, action.conversationId(), action.invocationId());
    commands.send(
        new RecordDataQuery(
            action.conversationId(),
            action.turnId(),
            action.invocationId(),
            dataKey,
            result.query(),
            result.sql(),
            result.rows().size(),
            sources,
            result.digest()),
        actor);
    WidgetDescriptor table =
        widgets.table(result, title, new Issuing(actor, title, dataKey, sources, clock.instant()));
    boolean issued =
        commands.ask(
            new IssueWidget(
                action.conversationId(), action.turnId(), action.invocationId(), 0, dataKey, table),
            Boolean.class,
            actor);
    return new ActionResult.NewWidget(issued ? table : issuedBefore(action));
  }

  /** An action resumed after a crash answers with the widget it had issued before. */
  private WidgetDescriptor issuedBefore(ActionAuthorized action) {
    return log.readEvents(action.conversationId(), 0)
        .asStream()
        .map(DomainEventMessage::getPayload)
        .filter(WidgetGenerated.class::isInstance)
        .map(WidgetGenerated.class::cast)
        .filter(widget -> action.invocationId().equals(widget.invocationId()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.INTERRUPTED, "The action was interrupted. Please try again."))
        .descriptor();
  }

  private static DataQuery dataOf(ActionAuthorized action) {
    DataQuery query = action.query();
    if (query == null) {
      throw new Refusal(ErrorCode.INVALID_PARAMS, "This widget shows no data.");
    }
    return query;
  }
}
