package io.colloquy.db.node;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * This process among those that share the database. It lives as long as it holds an advisory lock:
 * PostgreSQL takes the lock away when the connection ends, so a killed process is known to be dead
 * at once, and no clock is asked.
 *
 * <p>A connection whose other end is gone without a word is noticed by TCP's keep-alive.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** The first key of the lock; the view {@code live_node} knows it too. */
  private static final int LOCK = 1_129_270_604;

  private static final int VALID_SECONDS = 2;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final int number;
  private @Nullable Connection life;

  /** A new node on a migrated database. */
  public Node(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.number = jdbc.sql("select nextval('node_number')::integer").query(Integer.class).single();
    beAlive();
  }

  /** Its name, never given to another. */
  public String id() {
    return "node-" + number;
  }

  /** How many nodes live, this one included. */
  public int alive() {
    return jdbc.sql("select count(*) from live_node").query(Integer.class).single();
  }

  /**
   * Sees to it that others know this node to be alive, and frees the processing groups of those
   * that died. Called again and again: the connection may have broken.
   */
  public synchronized void beAlive() {
    try {
      if (life == null || !life.isValid(VALID_SECONDS)) {
        abandon();
        Connection connection = dataSource.getConnection();
        life = connection;
        try (var keepAlive = connection.createStatement();
            var lock = connection.prepareStatement("select pg_advisory_lock(?, ?)")) {
          keepAlive.execute(
              "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3");
          lock.setInt(1, LOCK);
          lock.setInt(2, number);
          lock.execute();
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("The database cannot be reached", failure);
    }
    int freed =
        jdbc.sql(
                """
                update token_entry set owner = null
                where owner like 'node-%' and owner not in (select node_id from live_node)
                """)
            .update();
    if (freed > 0) {
      LOG.info("Freed {} parts of processing groups that nodes which died had claimed", freed);
    }
  }

  private void abandon() throws SQLException {
    Connection broken = life;
    life = null;
    if (broken != null) {
      broken.close();
    }
  }

  /** Ends it; what it had claimed is free. */
  @Override
  public synchronized void close() {
    try {
      if (life != null) {
        try (var unlock = life.createStatement()) {
          unlock.execute("select pg_advisory_unlock_all()");
        }
        abandon();
      }
    } catch (SQLException gone) {
      LOG.debug("The connection was gone already", gone);
    }
  }
}
