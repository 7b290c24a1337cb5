package io.colloquy.query.batch;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A projection into tables of its own, which can be built anew from the log at any time. */
public interface Projection {

  /** Its processing group. */
  String group();

  /** The tables it writes, and nobody else does. */
  List<String> tables();

  /**
   * Takes events in, in the order of the log.
   *
   * @param into the tables to write to: those that serve, or others being built
   */
  void project(List<EventMessage<?>> events, JdbcClient into);
}
