package io.colloquy.command.work;

/** The name of this process among those that share the database, as {@code live_node} has it. */
public record NodeId(String value) {}
