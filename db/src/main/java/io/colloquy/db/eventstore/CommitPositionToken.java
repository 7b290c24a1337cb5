package io.colloquy.db.eventstore;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;

/**
 * A place in the log: the transaction that appended an event, then the event's place within it.
 *
 * <p>Events are only read once every earlier transaction has ended, so this order has no gaps and
 * never changes.
 *
 * @param transactionId PostgreSQL's 64-bit transaction id
 * @param globalIndex the event's identity value
 */
@JsonIgnoreProperties("position")
public record CommitPositionToken(long transactionId, long globalIndex)
    implements TrackingToken, Comparable<CommitPositionToken> {

  private static final Comparator<CommitPositionToken> ORDER =
      Comparator.comparingLong(CommitPositionToken::transactionId)
          .thenComparingLong(CommitPositionToken::globalIndex);

  @Override
  public TrackingToken lowerBound(TrackingToken other) {
    return compareTo((CommitPositionToken) other) <= 0 ? this : other;
  }

  @Override
  public TrackingToken upperBound(TrackingToken other) {
    return compareTo((CommitPositionToken) other) >= 0 ? this : other;
  }

  @Override
  public boolean covers(TrackingToken other) {
    return other == null || compareTo((CommitPositionToken) other) >= 0;
  }

  @Override
  public OptionalLong position() {
    return OptionalLong.of(globalIndex);
  }

  @Override
  public int compareTo(CommitPositionToken other) {
    return ORDER.compare(this, other);
  }
}
