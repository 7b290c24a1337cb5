package io.colloquy.api.privacy;

import java.util.List;

/** What happened to a person's content. */
public sealed interface SubjectEvent {

  /** The person. */
  String subjectId();

  /**
   * A person's content was erased: the keys it was sealed with are gone. Nothing of the log was
   * changed. What the person does from then on is sealed with another key.
   *
   * @param keyIds the names of the keys; none when there was nothing to erase
   */
  record SubjectErased(String subjectId, List<String> keyIds) implements SubjectEvent {}
}
