package io.colloquy.app.guide;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.access.Caller;
import io.colloquy.app.conversation.Conversations;
import io.colloquy.app.conversation.Conversations.ActionRequest;
import io.colloquy.app.conversation.UserContext;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.FormDefinition;
import io.colloquy.command.widget.Endpoints;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints that actions name in their params, for clients that call them directly as the
 * reference guide's do: {@code /api/data/drilldown}, {@code /api/widget/hello}, each form's own. A
 * call runs the action of the caller's newest live widget that leads there, and nothing without
 * one.
 */
@Controller
class ActionEndpoints implements SmartInitializingSingleton {

  private static final Set<String> NOT_FORM_FIELDS =
      Set.of("widget_id", "action_id", "invocation_id", "data_key", "params", "user_context");

  private final Conversations conversations;
  private final RequestMappingHandlerMapping mappings;
  private final JsonMapper json;
  private final Set<String> forms;

  ActionEndpoints(
      Conversations conversations,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
      Catalogue catalogue,
      JsonMapper json) {
    this.conversations = conversations;
    this.json = json;
    this.mappings = mappings;
    this.forms =
        catalogue.forms().values().stream()
            .map(FormDefinition::endpoint)
            .collect(Collectors.toSet());
  }

  /** Which endpoints there are is the catalogue's to say. */
  @Override
  public void afterSingletonsInstantiated() {
    Set<String> paths = new TreeSet<>(forms);
    paths.addAll(Set.of(Endpoints.DRILL_DOWN, Endpoints.PAGE, Endpoints.HELLO));
    mappings.registerMapping(
        RequestMappingInfo.paths(paths.toArray(String[]::new))
            .methods(RequestMethod.POST)
            .options(mappings.getBuilderConfiguration())
            .build(),
        this,
        handler());
  }

  private static Method handler() {
    try {
      return ActionEndpoints.class.getDeclaredMethod(
          "invoke", Map.class, Actor.class, HttpServletRequest.class);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What clients may send beside the action's own params. */
  private record Envelope(
      @Nullable String widgetId,
      @Nullable String actionId,
      @Nullable String invocationId,
      @Nullable String dataKey) {

    static Envelope of(Map<String, Object> body) {
      return new Envelope(
          text(body.get("widget_id")),
          text(body.get("action_id")),
          text(body.get("invocation_id")),
          text(body.get("data_key")));
    }

    private static @Nullable String text(@Nullable Object value) {
      return value == null ? null : value.toString();
    }
  }

  @ResponseBody
  ObjectNode invoke(
      @RequestBody(required = false) @Nullable Map<String, Object> sent,
      @Caller Actor actor,
      HttpServletRequest request) {
    Map<String, Object> body = Objects.requireNonNullElse(sent, Map.of());
    String endpoint = request.getRequestURI();
    Envelope envelope = Envelope.of(body);
    return conversations.invokeAndWait(
        endpoint,
        envelope.dataKey(),
        new ActionRequest(
            envelope.invocationId(),
            envelope.widgetId(),
            envelope.actionId(),
            params(endpoint, body),
            null),
        narrowed(actor, body.get("user_context")));
  }

  /** Params in an object of their own, or beside the rest; a form's values likewise. */
  private Map<String, Object> params(String endpoint, Map<String, Object> body) {
    if (body.get("params") instanceof Map<?, ?> params) {
      return byName(params);
    }
    Map<String, Object> rest = new LinkedHashMap<>(body);
    rest.keySet().removeAll(NOT_FORM_FIELDS);
    return forms.contains(endpoint) && !rest.containsKey("form_data")
        ? Map.of("form_data", rest)
        : rest;
  }

  private Actor narrowed(Actor actor, @Nullable Object context) {
    try {
      return UserContext.narrow(actor, json.convertValue(context, UserContext.class));
    } catch (JacksonException wrongShape) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "A field of \"user_context\" has the wrong type.");
    }
  }

  private static Map<String, Object> byName(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }
}
