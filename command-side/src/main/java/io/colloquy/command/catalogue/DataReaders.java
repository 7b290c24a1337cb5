package io.colloquy.command.catalogue;

import io.colloquy.api.access.Actor;
import io.colloquy.api.data.DataQuery;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives each actor a reader of what they may read. */
public final class DataReaders {

  private final Catalogue catalogue;
  private final Database own;
  private final @Nullable Database external;

  /**
   * Readers of the catalogue's tables.
   *
   * @param own the product's database, read as a role that sees the data and nothing else
   * @param external the database that was brought, read with the rights it was told with
   */
  public DataReaders(Catalogue catalogue, DataSource own, @Nullable DataSource external) {
    this.catalogue = catalogue;
    this.own = Database.of(own);
    this.external = external == null ? null : Database.of(external);
  }

  /** The reader of an actor. */
  public DataReader of(Actor actor) {
    return new DataReader(catalogue, this, actor);
  }

  /** Reads everything, for what the product itself has to know. */
  DataReader ofEverything() {
    return new DataReader(catalogue, this, null);
  }

  /** The first dataset whose table or columns are not there, empty when all can be read. */
  public Optional<String> unreadable() {
    return catalogue.datasets().entrySet().stream()
        .filter(entry -> !isReadable(entry.getKey(), entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean isReadable(String name, Dataset dataset) {
    // No row is asked for, so that the database only looks whether everything is there.
    DataQuery everything =
        new DataQuery(
            name,
            List.copyOf(dataset.measures().keySet()),
            List.copyOf(dataset.dimensions().keySet()),
            List.of(),
            List.of(),
            0);
    try {
      ofEverything().read(everything);
      return true;
    } catch (DataAccessException missing) {
      return false;
    }
  }

  String readOnly(boolean externally, String timeout, Function<DSLContext, String> reading) {
    Database database =
        externally ? Objects.requireNonNull(external, "the external database") : own;
    return Objects.requireNonNull(
        database.readOnly.execute(
            status -> {
              if (!externally) {
                database.sql.execute("set local role colloquy_reader");
              }
              database.sql.execute("set local statement_timeout = {0}", DSL.inline(timeout));
              return reading.apply(database.sql);
            }));
  }

  private record Database(DSLContext sql, TransactionTemplate readOnly) {

    static Database of(DataSource source) {
      TransactionTemplate readOnly =
          new TransactionTemplate(new DataSourceTransactionManager(source));
      readOnly.setReadOnly(true);
      readOnly.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
      return new Database(
          DSL.using(new TransactionAwareDataSourceProxy(source), SQLDialect.POSTGRES), readOnly);
    }
  }
}
