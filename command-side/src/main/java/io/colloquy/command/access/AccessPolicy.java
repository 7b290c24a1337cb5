package io.colloquy.command.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.colloquy.api.access.AccessCommand;
import io.colloquy.api.access.AccessCommand.GrantRole;
import io.colloquy.api.access.AccessCommand.RevokeRole;
import io.colloquy.api.access.AccessEvent.PermissionGranted;
import io.colloquy.api.access.AccessEvent.PermissionRevoked;
import io.colloquy.api.access.RoleGrants;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * The roles somebody was given. The row by which permissions are looked up and the event that says
 * so are one transaction: neither is there without the other.
 */
@Aggregate(type = "access")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class AccessPolicy {

  @AggregateIdentifier
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon reads it.
  private String aggregateId;

  AccessPolicy() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void decide(GrantRole command, RoleGrants roles) {
    OnlyAdministratorsGrant.check(command, roles);
    OnlyKnownRolesAreGranted.check(command.role(), roles);
    // Where nothing changes no event follows, and Axon asks for the id all the same.
    aggregateId = command.aggregateId();
    if (roles.grant(command.userId(), command.role())) {
      apply(new PermissionGranted(command.userId(), command.role()));
    }
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void decide(RevokeRole command, RoleGrants roles) {
    OnlyAdministratorsGrant.check(command, roles);
    aggregateId = command.aggregateId();
    if (roles.revoke(command.userId(), command.role())) {
      apply(new PermissionRevoked(command.userId(), command.role()));
    }
  }

  @EventSourcingHandler
  void evolve(PermissionGranted event) {
    aggregateId = AccessCommand.idOf(event.userId());
  }

  @EventSourcingHandler
  void evolve(PermissionRevoked event) {
    aggregateId = AccessCommand.idOf(event.userId());
  }
}
