package io.colloquy.query.stream;

import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.api.privacy.SubjectKeyring;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.stereotype.Component;

/** On every node, drops from memory what a person wrote once it is erased. */
@Component
class Forgetting implements LiveLog.Listener {

  private final SubjectKeyring keys;
  private final Cache aggregates;
  private final ConversationStream stream;

  Forgetting(SubjectKeyring keys, Cache aggregates, ConversationStream stream) {
    this.keys = keys;
    this.aggregates = aggregates;
    this.stream = stream;
  }

  @Override
  public void on(DomainEventMessage<?> event) {
    if (event.getPayload() instanceof SubjectErased erased) {
      keys.forget(erased.subjectId());
      aggregates.removeAll();
      stream.forget();
    }
  }
}
