package io.colloquy.query.rebuild;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.query.batch.Projection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Events that a projection could not take in, and those of the same aggregate behind them. */
@Component
public class DeadLetters {

  private final Map<String, Projection> projections;
  private final EventProcessingConfiguration processing;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final TransactionTemplate savepoint;

  DeadLetters(
      List<Projection> projections,
      EventProcessingConfiguration processing,
      JdbcClient jdbc,
      PlatformTransactionManager transactions) {
    this.projections =
        projections.stream()
            .collect(
                Collectors.toMap(
                    Projection::group, Function.identity(), (one, other) -> one, TreeMap::new));
    this.processing = processing;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.savepoint = new TransactionTemplate(transactions);
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Is told of a letter. */
  public interface Reader {
    void read(String group, DeadLetter<? extends EventMessage<?>> letter);
  }

  /** All that wait, sequence by sequence, each in order. */
  public void forEach(Reader reader) {
    for (String group : projections.keySet()) {
      processing
          .deadLetterQueue(group)
          .ifPresent(
              queue ->
                  queue
                      .deadLetters()
                      .forEach(sequence -> sequence.forEach(letter -> reader.read(group, letter))));
    }
  }

  /** What waits behind one another: the events of an aggregate. */
  public static String sequenceOf(EventMessage<?> event) {
    return event instanceof DomainEventMessage<?> message
        ? message.getAggregateIdentifier()
        : event.getIdentifier();
  }

  /**
   * Gives the events of a sequence to their projection again, in order, until one fails. What is
   * taken in and what leaves the queue are one transaction.
   *
   * @return whether all were taken in
   * @throws Refusal when nothing waits there
   */
  public boolean retry(String group, String sequence) {
    Projection projection = projections.get(group);
    SequencedDeadLetterQueue<EventMessage<?>> queue =
        processing.deadLetterQueue(group).orElse(null);
    if (projection == null || queue == null || !queue.contains(sequence)) {
      throw new Refusal(ErrorCode.NOT_FOUND, "Nothing waits there.");
    }
    return Boolean.TRUE.equals(
        transaction.execute(
            status ->
                queue.process(
                    letter -> sequenceOf(letter.message()).equals(sequence),
                    letter -> {
                      try {
                        savepoint.executeWithoutResult(
                            within -> projection.project(List.of(letter.message()), jdbc));
                        return Decisions.evict();
                      } catch (RuntimeException failure) {
                        return Decisions.requeue(failure);
                      }
                    })));
  }
}
