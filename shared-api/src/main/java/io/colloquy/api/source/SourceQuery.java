package io.colloquy.api.source;

import java.util.List;

/** What can be asked about sources. */
public sealed interface SourceQuery {

  /** All sources that have not been removed, the newest first. */
  record FindSources() implements SourceQuery {}

  /** The answer to {@link FindSources}. */
  record Sources(List<SourceView> sources) {}
}
