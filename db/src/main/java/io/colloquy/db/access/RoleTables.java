package io.colloquy.db.access;

import io.colloquy.api.access.RoleGrants;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roles in the tables that permissions are looked up in for each request. */
public final class RoleTables implements RoleGrants {

  private final JdbcClient jdbc;

  /** Roles of a database. */
  public RoleTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, List<String>> permissionsByRole() {
    return grouped("select role, permission from role_permission order by role, permission");
  }

  @Override
  public Map<String, List<String>> rolesByUser() {
    return grouped("select username, role from user_role order by username, role");
  }

  private Map<String, List<String>> grouped(String sql) {
    Map<String, List<String>> groups = new TreeMap<>();
    jdbc.sql(sql)
        .query(
            (ResultSet row) -> {
              groups
                  .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                  .add(row.getString(2));
            });
    return groups;
  }

  @Override
  public boolean grant(String userId, String role) {
    return jdbc.sql("insert into user_role (username, role) values (?, ?) on conflict do nothing")
            .params(userId, role)
            .update()
        > 0;
  }

  @Override
  public boolean revoke(String userId, String role) {
    return jdbc.sql("delete from user_role where username = ? and role = ?")
            .params(userId, role)
            .update()
        > 0;
  }
}
