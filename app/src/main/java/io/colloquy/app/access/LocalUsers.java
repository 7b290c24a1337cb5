package io.colloquy.app.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The demo users, one per role. They exist only with the embedded database and without an identity
 * provider.
 */
@Component
@ConditionalOnExpression(
    "'${colloquy.database-url:}'.isBlank() and '${colloquy.oidc-issuer:}'.isBlank()")
class LocalUsers implements InitializingBean {

  /** Known to everyone: what these users protect is sample data on one's own machine. */
  private static final String PASSWORD = "demo";

  private static final Map<String, List<String>> ROLES =
      Map.of(
          "viewer", List.of("viewer"),
          "analyst", List.of("analyst"),
          "manager", List.of("manager"),
          "exporter", List.of("viewer", "data_exporter"),
          "auditor", List.of("auditor"),
          "admin", List.of("admin"));

  private final JdbcClient jdbc;

  LocalUsers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void afterPropertiesSet() {
    if (jdbc.sql("select exists (select from user_role)").query(Boolean.class).single()) {
      return; // Roles given or taken since the first start are kept.
    }
    ROLES.forEach(
        (user, roles) ->
            roles.forEach(
                role ->
                    jdbc.sql("insert into user_role (username, role) values (?, ?)")
                        .params(user, role)
                        .update()));
  }

  /** The users' names. */
  List<String> names() {
    return ROLES.keySet().stream().sorted().toList();
  }

  boolean knows(String username, String password) {
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, PASSWORD.getBytes(StandardCharsets.UTF_8))
        && ROLES.containsKey(username);
  }
}
