package io.colloquy.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.colloquy.db.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseAwayTest {

  static Stream<Throwable> away() {
    return Stream.of(
        new DataAccessResourceFailureException("", new SQLException("terminated", "57P01")),
        new RuntimeException(new SQLException("no connection", "08006")),
        new SQLTransientConnectionException("no connection within 30 s"),
        new CannotCreateTransactionException(""),
        new CommandDispatchException("no way to it"));
  }

  static Stream<Throwable> wrong() {
    return Stream.of(
        new IllegalStateException("a mistake"),
        new DuplicateKeyException("", new SQLException("twice", "23505")),
        new SQLException("no state"));
  }

  @ParameterizedTest
  @MethodSource("away")
  void whatComesBackIsWaitedFor(Throwable failure) {
    assertThat(DatabaseAway.says(failure)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatWouldHappenAgainIsNot(Throwable failure) {
    assertThat(DatabaseAway.says(failure)).isFalse();
  }

  /** The pool says so of a connection that broke, to whoever goes on with it. */
  @Test
  void aConnectionThatBrokeAMomentAgoIsAwayToo() throws Exception {
    try (HikariDataSource database = TestDatabase.migrated();
        Connection connection = database.getConnection()) {
      String end = "select pg_terminate_backend(pg_backend_pid())";
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> connection.createStatement().execute(end))
            .isInstanceOf(SQLException.class)
            .matches(DatabaseAway::says);
      }
    }
  }
}
