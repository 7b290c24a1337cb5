package io.colloquy.db.eventstore;

import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.Scope;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Lets an aggregate decide only on what the log holds. A node remembers aggregates as they were
 * when it last wrote to them; another may have written since. A decision that appends events
 * collides with those by itself; one to do nothing, or a refusal, is looked at here.
 */
public final class FreshStateDefinition implements HandlerEnhancerDefinition {

  private final Supplier<EventStorageEngine> log;

  /** Asks the given log how far an aggregate has got. */
  public FreshStateDefinition(Supplier<EventStorageEngine> log) {
    this.log = log;
  }

  @Override
  public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
    return original.canHandleMessageType(CommandMessage.class) ? new Checked<>(original) : original;
  }

  private final class Checked<T> extends WrappedMessageHandlingMember<T> {

    Checked(MessageHandlingMember<T> handler) {
      super(handler);
    }

    @Override
    public @Nullable Object handle(Message<?> command, @Nullable T aggregate) throws Exception {
      if (aggregate == null) {
        return super.handle(command, null);
      }
      Long version = AggregateLifecycle.getVersion();
      try {
        Object answer = super.handle(command, aggregate);
        if (Objects.equals(version, AggregateLifecycle.getVersion())) {
          check(version);
        }
        return answer;
      } catch (RuntimeException refusal) {
        check(version);
        throw refusal;
      }
    }
  }

  private void check(@Nullable Long version) {
    if (version == null
        || !(Scope.describeCurrentScope() instanceof AggregateScopeDescriptor aggregate)) {
      return; // It has only just come into being.
    }
    String id = aggregate.getIdentifier().toString();
    if (log.get().lastSequenceNumberFor(id).orElse(-1L) > version) {
      throw new ConcurrencyException(id + " was written to by another node");
    }
  }
}
