package io.colloquy.app.access;

import io.colloquy.api.access.Refusal;
import io.colloquy.app.config.ColloquySettings;
import io.colloquy.app.config.ColloquySettings.Limits;
import io.colloquy.app.config.InstallationSecret;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * How often somebody may do something in a minute: the same on all nodes, which agree through the
 * database every few uses or every second.
 */
@Component
public class RateLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 50_000;
  private static final int CLEANED_AT_ONCE = 10_000;
  private static final DelayParameters AGREE = new DelayParameters(10, Duration.ofSeconds(1));

  private final PostgreSQLSelectForUpdateBasedProxyManager<String> shared;
  private final ConcurrentLruCache<Use, Bucket> buckets;
  private final InstallationSecret secret;
  private final Limits limits;

  /** What is counted. */
  public enum Kind {
    /** An attempt to sign in, by network address. */
    SIGN_IN,
    /** A request or a connection, by network address. */
    ADDRESS,
    /** A request, by user. */
    REQUEST,
    /** A question, by user. */
    TURN,
    /** An action or a change of shared state, by user. */
    ACTION
  }

  private record Use(Kind kind, String by) {}

  RateLimits(DataSource dataSource, InstallationSecret secret, ColloquySettings settings) {
    this.secret = secret;
    this.limits = settings.limits();
    this.shared =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .table("rate_limit")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(MINUTE))
            .build();
    this.buckets = new ConcurrentLruCache<>(MOST_REMEMBERED, this::bucket);
  }

  private Bucket bucket(Use use) {
    int most = limits.of(use.kind());
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(Bandwidth.builder().capacity(most).refillGreedy(most, MINUTE).build())
            .build();
    return shared
        .builder()
        .withOptimization(Optimizations.delaying(AGREE))
        .build(use.kind() + ":" + use.by(), () -> configuration);
  }

  /**
   * Counts something a user does.
   *
   * @throws Refusal when it is too often
   */
  public void count(Kind kind, String userId) {
    ConsumptionProbe probe = buckets.get(new Use(kind, userId)).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooOften(
          Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
    }
  }

  /**
   * Counts something that comes from a network address, of which only a digest is kept.
   *
   * @throws Refusal when it is too often
   */
  public void countFrom(Kind kind, @Nullable String address) {
    count(kind, secret.digest(String.valueOf(address)));
  }

  @Scheduled(initialDelayString = "5m", fixedDelayString = "5m")
  void clean() {
    shared.removeExpired(CLEANED_AT_ONCE);
  }
}
