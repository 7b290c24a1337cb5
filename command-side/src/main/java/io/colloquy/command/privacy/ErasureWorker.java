package io.colloquy.command.privacy;

import io.colloquy.api.privacy.SubjectEvent.SubjectErased;
import io.colloquy.command.export.ExportStore;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes away what stands beside the log of a person whose content was erased: snapshots, files they
 * took out, and the content of events that wait for a projection. Projections see to themselves.
 */
@Component
@ProcessingGroup("erasure")
class ErasureWorker {

  private static final String EXPORTS =
      """
      select aggregate_identifier from domain_event_entry
      where payload_type = 'export-completed' and meta_data ->> 'actor' = ?
      """;

  /** They are read anew from the log as it can be read now. */
  private static final String UNSEAL_NO_MORE =
      """
      update dead_letter_entry letter set payload = convert_to(event.payload::text, 'UTF8')
      from domain_event_entry event
      where event.event_identifier = letter.event_identifier
        and event.payload -> 'sealed' ->> 'key' = any (:keys)
      """;

  private final JdbcClient jdbc;
  private final ExportStore files;

  ErasureWorker(JdbcClient jdbc, ExportStore files) {
    this.jdbc = jdbc;
    this.files = files;
  }

  @EventHandler
  void on(SubjectErased event) {
    // Which of them hold the person's words is not known, and each is made again when needed.
    jdbc.sql("delete from snapshot_event_entry").update();
    jdbc.sql(UNSEAL_NO_MORE).param("keys", event.keyIds().toArray(String[]::new)).update();
    jdbc.sql(EXPORTS)
        .param(event.subjectId())
        .query((row, number) -> row.getString(1))
        .list()
        .forEach(files::delete);
  }
}
