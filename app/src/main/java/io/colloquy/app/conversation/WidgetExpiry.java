package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand.ExpireWidget;
import io.colloquy.api.conversation.ConversationQuery.FindOverdueWidgets;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidget;
import io.colloquy.api.conversation.ConversationQuery.OverdueWidgets;
import io.colloquy.command.gateway.Commands;
import java.util.Set;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Records when widgets' time is over, so that every client sees it. Their actions are refused from
 * that instant on anyway.
 */
@Component
class WidgetExpiry {

  private static final Logger LOG = LoggerFactory.getLogger(WidgetExpiry.class);
  private static final int AT_ONCE = 500;
  private static final Actor SYSTEM = new Actor("system", Set.of(), null);

  private final QueryGateway queries;
  private final Commands commands;

  WidgetExpiry(QueryGateway queries, Commands commands) {
    this.queries = queries;
    this.commands = commands;
  }

  @Scheduled(
      initialDelayString = "${colloquy.expiry-interval:30s}",
      fixedDelayString = "${colloquy.expiry-interval:30s}")
  void expire() {
    OverdueWidgets overdue =
        queries.query(new FindOverdueWidgets(AT_ONCE), OverdueWidgets.class).join();
    for (OverdueWidget widget : overdue.widgets()) {
      try {
        commands.send(new ExpireWidget(widget.conversationId(), widget.widgetId()), SYSTEM);
      } catch (Refusal unknown) {
        LOG.warn("The widget {} could not be expired: {}", widget.widgetId(), unknown.sentence());
      }
    }
  }

  @Configuration
  @EnableScheduling
  static class Schedule {}
}
