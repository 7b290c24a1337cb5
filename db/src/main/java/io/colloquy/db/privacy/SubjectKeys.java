package io.colloquy.db.privacy;

import io.colloquy.api.privacy.SubjectKeyring;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that personal content is sealed with: one per person, in the database, itself sealed
 * with the installation's secret. An erased key is gone for good; whoever goes on gets a new one.
 */
public final class SubjectKeys implements SubjectKeyring {

  private static final int BYTES = 32;

  private static final String CURRENT =
      "select key_id, wrapped from subject_key where subject = ? and wrapped is not null";
  private static final String MAKE =
      """
      insert into subject_key (key_id, subject, wrapped) values (?, ?, ?)
      on conflict (subject) where wrapped is not null do nothing
      """;
  private static final String FIND = "select wrapped from subject_key where key_id = ?";
  private static final String ERASE =
      """
      update subject_key set wrapped = null, erased_at = now()
      where subject = ? and wrapped is not null returning key_id
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate alone;
  private final SecretKey secret;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, Key> current = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Optional<Key>> known = new ConcurrentHashMap<>();

  /**
   * Keys in the given database.
   *
   * @param secret 32 bytes that the keys are sealed with, kept elsewhere
   */
  public SubjectKeys(JdbcClient jdbc, PlatformTransactionManager transactions, byte[] secret) {
    this.jdbc = jdbc;
    // A key must last whatever becomes of the event it was made for: others may use it by then.
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.secret = new SecretKeySpec(secret, Box.ALGORITHM);
  }

  /**
   * A person's key.
   *
   * @param id its name, written beside what it seals
   */
  record Key(String id, SecretKey secret) {}

  /** The key a person's content is sealed with now; made when there is none. */
  Key of(String subject) {
    Key key = current.get(subject);
    if (key == null) {
      key = alone.execute(status -> findOrMake(subject));
      current.put(subject, key);
    }
    return key;
  }

  private Key findOrMake(String subject) {
    return stored(subject)
        .orElseGet(
            () -> {
              byte[] fresh = new byte[BYTES];
              random.nextBytes(fresh);
              String id = UUID.randomUUID().toString();
              jdbc.sql(MAKE).params(id, subject, Box.close(secret, id, fresh)).update();
              return stored(subject).orElseThrow();
            });
  }

  private Optional<Key> stored(String subject) {
    return jdbc.sql(CURRENT)
        .param(subject)
        .query((row, number) -> key(row.getString(1), row.getBytes(2)))
        .optional();
  }

  /** A key by its name; null once it is erased. */
  @Nullable Key find(String id) {
    return known
        .computeIfAbsent(
            id,
            unknown ->
                jdbc.sql(FIND)
                    .param(id)
                    .query((row, number) -> Optional.ofNullable(row.getBytes(1)))
                    .optional()
                    .flatMap(wrapped -> wrapped)
                    .map(wrapped -> key(id, wrapped)))
        .orElse(null);
  }

  private Key key(String id, byte[] wrapped) {
    try {
      return new Key(id, new SecretKeySpec(Box.open(secret, id, wrapped), Box.ALGORITHM));
    } catch (GeneralSecurityException otherSecret) {
      throw new IllegalStateException(
          "Personal content cannot be read: the file secret.key in COLLOQUY_HOME is not the one it was sealed with.",
          otherSecret);
    }
  }

  @Override
  public List<String> erase(String subject) {
    List<String> erased =
        jdbc.sql(ERASE).param(subject).query((row, number) -> row.getString(1)).list();
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              forget(subject);
            }
          });
    } else {
      forget(subject);
    }
    return erased;
  }

  @Override
  public void forget(String subject) {
    current.remove(subject);
    known.clear();
  }
}
