package io.colloquy.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.Actor;
import io.colloquy.api.conversation.ConversationCommand.ChangeConversationState;
import io.colloquy.api.conversation.ConversationCommand.OpenConversation;
import io.colloquy.api.conversation.ConversationCommand.SubmitTurn;
import io.colloquy.app.ColloquyTest;
import io.colloquy.command.gateway.Commands;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.UpdateChecker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ColloquyTest
class LongConversationTest {

  private static final Actor VIEWER = new Actor("viewer", Set.of("viewer"), null);

  @Autowired Commands commands;
  @Autowired EventStore log;
  @Autowired Cache aggregateCache;
  @Autowired JdbcTemplate sql;
  @Autowired Configuration axon;
  @Autowired ObjectProvider<UpdateChecker> updateChecker;

  @Test
  void aLongConversationGetsASnapshotAndGoesOnFromIt() {
    String conversation = UUID.randomUUID().toString();
    commands.send(new OpenConversation(conversation, null, VIEWER), VIEWER);
    commands.send(new SubmitTurn(conversation, "t-1", "Total revenue", null, VIEWER), VIEWER);
    for (int i = 0; i < 230; i++) {
      commands.send(
          new ChangeConversationState(
              conversation, "filter_update", Map.of("key", "region", "value", "v" + i), VIEWER),
          VIEWER);
    }
    assertThat(aggregateCache.containsKey(conversation)).as("kept in the cache").isTrue();
    Instant patience = Instant.now().plusSeconds(20);
    while (snapshots(conversation) == 0) {
      assertThat(Instant.now()).as("a snapshot is taken").isBefore(patience);
    }

    aggregateCache.removeAll();
    long before = log.lastSequenceNumberFor(conversation).orElseThrow();
    commands.send(new SubmitTurn(conversation, "t-1", "Total revenue", null, VIEWER), VIEWER);
    assertThat(log.lastSequenceNumberFor(conversation))
        .as("the snapshot remembers the turn, so that it has no second effect")
        .contains(before);
  }

  @Test
  void whatAGroupWritesAndHowFarItHasGotAreOneTransaction() {
    assertThat(axon.getComponent(TransactionManager.class))
        .isInstanceOf(SpringTransactionManager.class);
  }

  @Test
  void nothingCallsHome() {
    assertThat(updateChecker.getIfAvailable()).isNull();
  }

  private long snapshots(String conversation) {
    Long count =
        sql.queryForObject(
            "select count(*) from snapshot_event_entry where aggregate_identifier = ?",
            Long.class,
            conversation);
    return count == null ? 0 : count;
  }
}
