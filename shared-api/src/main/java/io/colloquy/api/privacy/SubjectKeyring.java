package io.colloquy.api.privacy;

import java.util.List;

/** The keys that people's content is sealed with. */
public interface SubjectKeyring {

  /**
   * Erases a person's keys, in the caller's transaction: what they sealed can be read by nobody any
   * more.
   *
   * @return the names of the keys
   */
  List<String> erase(String subjectId);

  /** Looks a person's keys up again: they were erased, here or on another node. */
  void forget(String subjectId);
}
