package io.colloquy.app.config;

import io.colloquy.command.gateway.DescribingCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;

/**
 * Commands by way of Axon Server: those for one conversation go to one node, which remembers it.
 * The log stays in PostgreSQL, and each node answers queries itself.
 */
@org.springframework.context.annotation.Configuration
@Profile("axon-server")
class AxonServerBusConfiguration {

  @Bean
  @Qualifier("localSegment")
  SimpleCommandBus localSegment(Configuration axon, TransactionManager transactions) {
    SimpleCommandBus commands =
        new DescribingCommandBus(
            SimpleCommandBus.builder()
                .transactionManager(transactions)
                .spanFactory(axon.getComponent(CommandBusSpanFactory.class))
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus")));
    commands.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
    return commands;
  }
}
