package io.colloquy.app.operation;

import io.colloquy.api.access.AccessCommand.GrantRole;
import io.colloquy.api.access.AccessCommand.RevokeRole;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.RoleGrants;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import io.colloquy.command.gateway.Commands;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who may do what. What changes here holds for the next request, and for open connections too. */
@RestController
@RequestMapping("/api/access")
class AccessController {

  private final RoleGrants roles;
  private final Commands commands;

  AccessController(RoleGrants roles, Commands commands) {
    this.roles = roles;
    this.commands = commands;
  }

  /**
   * Somebody who was given roles here.
   *
   * @param roles without those that their token brings
   */
  record User(String userId, List<String> roles) {}

  /**
   * What was given to whom.
   *
   * @param roles what each role permits
   */
  record Access(Map<String, List<String>> roles, List<User> users) {}

  @GetMapping
  Access list(@Caller Actor caller) {
    Allowed.inspect(caller);
    return new Access(
        roles.permissionsByRole(),
        roles.rolesByUser().entrySet().stream()
            .map(entry -> new User(entry.getKey(), entry.getValue()))
            .toList());
  }

  @PutMapping("/{userId}/{role}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void grant(@PathVariable String userId, @PathVariable String role, @Caller Actor caller) {
    commands.send(new GrantRole(userId, role, caller), caller);
  }

  @DeleteMapping("/{userId}/{role}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String userId, @PathVariable String role, @Caller Actor caller) {
    commands.send(new RevokeRole(userId, role, caller), caller);
  }
}
