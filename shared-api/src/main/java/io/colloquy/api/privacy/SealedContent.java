package io.colloquy.api.privacy;

/** Reads payloads as the log stores them. */
public interface SealedContent {

  /**
   * The payload with its personal content put back; unchanged, with placeholders, where the key is
   * erased.
   *
   * @param payload an event's payload as it is stored
   */
  String open(String payload);

  /** Whether a payload has personal content that can be read by nobody any more. */
  boolean isErased(String payload);
}
