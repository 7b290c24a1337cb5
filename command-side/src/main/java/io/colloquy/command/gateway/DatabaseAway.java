package io.colloquy.command.gateway;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a database, or a way to the node that handles a command, that is away for a while from a
 * mistake that would happen again.
 */
public final class DatabaseAway {

  private DatabaseAway() {}

  /**
   * Whether a failure goes back to a connection that broke or could not be made, or a transaction
   * could not be begun or ended for it.
   */
  public static boolean says(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof TransactionSystemException
          || cause instanceof CannotCreateTransactionException
          || cause instanceof CommandDispatchException) {
        return true;
      }
      // What Hikari says of a connection that broke a moment ago, without any state.
      if (cause instanceof SQLException && "Connection is closed".equals(cause.getMessage())) {
        return true;
      }
      // Class 08 are connections, class 57 servers that stop or start (PostgreSQL, appendix A).
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
        return true;
      }
    }
    return false;
  }
}
