package io.colloquy.app.process;

import io.colloquy.app.CuttableNetwork;
import io.colloquy.app.RestClient;
import io.colloquy.db.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * What processes of Colloquy share: a PostgreSQL server that can be killed, behind a network that
 * can be cut, an issuer of tokens, and a folder.
 */
final class Installation implements AutoCloseable {

  static final String[] EVERYTHING = {
    "viewer", "analyst", "manager", "data_exporter", "auditor", "admin"
  };

  private final Path folder;
  private final TokenIssuer issuer;
  private EmbeddedDatabase database;
  private final CuttableNetwork network;

  private Installation(
      Path folder, TokenIssuer issuer, EmbeddedDatabase database, CuttableNetwork network) {
    this.folder = folder;
    this.issuer = issuer;
    this.database = database;
    this.network = network;
  }

  static Installation in(Path folder) throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
    return new Installation(
        folder, TokenIssuer.start(), database, new CuttableNetwork(portOf(database), 8192));
  }

  private static URI uri(EmbeddedDatabase database) {
    return URI.create(database.jdbcUrl().substring("jdbc:".length()));
  }

  private static int portOf(EmbeddedDatabase database) {
    return uri(database).getPort();
  }

  Path home() {
    return folder.resolve("home");
  }

  TokenIssuer issuer() {
    return issuer;
  }

  /** The way from the processes to the database. */
  CuttableNetwork network() {
    return network;
  }

  ServerProcess startNode() throws IOException {
    return startNode(Map.of());
  }

  ServerProcess startNode(Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("DATAFLOW_DATABASE_URL", databaseUrl());
    environment.put("COLLOQUY_OIDC_ISSUER", issuer.url());
    return ServerProcess.start(home(), environment);
  }

  /** What nodes are told of the database. */
  String databaseUrl() {
    String password = uri(database).getQuery().replaceFirst(".*password=", "");
    return "postgresql://postgres:%s@localhost:%d/postgres".formatted(password, network.port());
  }

  /** A client of a node, of somebody who may do everything. */
  RestClient client(String base, String user) {
    return new RestClient(base, issuer.token(user, EVERYTHING));
  }

  /** Asks the database itself, past the network. */
  JdbcTemplate sql() {
    return new JdbcTemplate(new SimpleDriverDataSource(new Driver(), database.jdbcUrl()));
  }

  String jdbcUrl() {
    return database.jdbcUrl();
  }

  /** Stops the database as its administrator would. */
  void stopDatabase() {
    database.close();
  }

  /** SIGKILL to the database's first process; the others end when they notice. */
  void killDatabase() throws IOException {
    Path pidFile = folder.resolve("database/postgres/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    var children = server.children().collect(Collectors.toList());
    server.destroyForcibly();
    server.onExit().join();
    children.forEach(child -> child.onExit().join());
    try {
      database.close();
    } catch (UncheckedIOException deadAlready) {
      // That is how it was to end.
    }
  }

  /** Starts the database again on what it had, at another port of which only the network knows. */
  void startDatabase() {
    database = EmbeddedDatabase.start(folder.resolve("database"));
    network.leadTo(portOf(database));
  }

  @Override
  public void close() throws Exception {
    network.close();
    database.close();
    issuer.close();
  }
}
