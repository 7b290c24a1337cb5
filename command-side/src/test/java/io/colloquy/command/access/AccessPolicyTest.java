package io.colloquy.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.api.access.AccessCommand.GrantRole;
import io.colloquy.api.access.AccessCommand.RevokeRole;
import io.colloquy.api.access.AccessEvent.PermissionGranted;
import io.colloquy.api.access.AccessEvent.PermissionRevoked;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.access.RoleGrants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

  private static final Actor ADMIN = new Actor("root", Set.of("admin"), null);
  private static final Actor AUDITOR = new Actor("vera", Set.of("auditor"), null);

  private final Map<String, List<String>> given = new HashMap<>();

  private final class Roles implements RoleGrants {

    @Override
    public Map<String, List<String>> permissionsByRole() {
      return new TreeMap<>(
          Map.of("viewer", List.of("viewer"), "operator", List.of("admin", "viewer")));
    }

    @Override
    public Map<String, List<String>> rolesByUser() {
      return given;
    }

    @Override
    public boolean grant(String userId, String role) {
      List<String> roles = given.computeIfAbsent(userId, id -> new ArrayList<>());
      return !roles.contains(role) && roles.add(role);
    }

    @Override
    public boolean revoke(String userId, String role) {
      return given.getOrDefault(userId, new ArrayList<>()).remove(role);
    }
  }

  private FixtureConfiguration<AccessPolicy> policy() {
    FixtureConfiguration<AccessPolicy> policy = new AggregateTestFixture<>(AccessPolicy.class);
    policy.registerInjectableResource(new Roles());
    return policy;
  }

  @Test
  void whatIsGivenIsGivenOnce() {
    policy()
        .givenNoPriorActivity()
        .when(new GrantRole("ada", "viewer", ADMIN))
        .expectEvents(new PermissionGranted("ada", "viewer"));
    assertThat(given).containsEntry("ada", List.of("viewer"));
    policy()
        .given(new PermissionGranted("ada", "viewer"))
        .when(new GrantRole("ada", "viewer", ADMIN))
        .expectNoEvents();
  }

  @Test
  void whatIsTakenWasThere() {
    given.put("ada", new ArrayList<>(List.of("viewer")));
    policy()
        .givenNoPriorActivity()
        .when(new RevokeRole("ada", "viewer", ADMIN))
        .expectEvents(new PermissionRevoked("ada", "viewer"));
    policy()
        .given(new PermissionRevoked("ada", "viewer"))
        .when(new RevokeRole("ada", "viewer", ADMIN))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void nobodyElseGivesOrTakes() {
    policy()
        .givenNoPriorActivity()
        .when(new GrantRole("vera", "operator", AUDITOR))
        .expectException(Refusal.class)
        .expectNoEvents();
    policy()
        .givenNoPriorActivity()
        .when(new RevokeRole("root", "operator", AUDITOR))
        .expectException(Refusal.class)
        .expectNoEvents();
    assertThat(given).isEmpty();
  }

  @Test
  void theLastAdministratorCannotShutEveryoneOut() {
    given.put("root", new ArrayList<>(List.of("operator", "viewer")));
    policy()
        .givenNoPriorActivity()
        .when(new RevokeRole("root", "operator", ADMIN))
        .expectException(Refusal.class)
        .expectNoEvents();
    policy()
        .givenNoPriorActivity()
        .when(new RevokeRole("root", "viewer", ADMIN))
        .expectEvents(new PermissionRevoked("root", "viewer"));
  }

  @Test
  void rolesAndPeopleHaveNames() {
    policy()
        .givenNoPriorActivity()
        .when(new GrantRole("ada", "emperor", ADMIN))
        .expectExceptionMessage("There is no such role; there are operator, viewer.");
    policy()
        .givenNoPriorActivity()
        .when(new GrantRole(" ", "viewer", ADMIN))
        .expectException(Refusal.class);
  }
}
