package io.colloquy.api.audit;

import java.util.Map;

/** What auditors, developers and operators did beside conversations; who is in the metadata. */
public sealed interface AuditEvent {

  /**
   * Entries of the audit log were taken out as a file.
   *
   * @param format {@code csv}, {@code jsonl} or {@code pdf}
   * @param filter what was asked for
   * @param size how many entries the checkpoint that covers it covers
   */
  record AuditExported(String format, Map<String, Object> filter, long size)
      implements AuditEvent {}

  /**
   * A turn was planned and answered again, to compare; the conversation was not touched.
   *
   * @param planner by which planner or model
   */
  record TurnRerun(String conversationId, String turnId, String planner) implements AuditEvent {}

  /**
   * A projection was built anew from the log.
   *
   * @param group its processing group
   * @param events how many events it was built from
   * @param replaced whether the one that served before was replaced
   */
  record ProjectionRebuilt(String group, long events, boolean replaced) implements AuditEvent {}

  /**
   * Events that a projection could not take in were given to it again.
   *
   * @param group its processing group
   * @param sequence the conversation or other aggregate whose events they are
   * @param solved whether it took them in now
   */
  record DeadLetterRetried(String group, String sequence, boolean solved) implements AuditEvent {}
}
