package io.colloquy.app.config;

import io.colloquy.command.work.NodeId;
import io.colloquy.db.eventstore.LogOrder;
import io.colloquy.db.node.Node;
import javax.sql.DataSource;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This process among those that share the database. */
@Configuration
class NodeConfiguration {

  @Bean(destroyMethod = "close")
  @DependsOnDatabaseInitialization
  Node node(DataSource dataSource) {
    LogOrder.check(dataSource);
    return new Node(dataSource);
  }

  @Bean
  NodeId nodeId(Node node) {
    return new NodeId(node.id());
  }
}
