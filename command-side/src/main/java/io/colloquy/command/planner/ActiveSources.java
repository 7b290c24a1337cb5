package io.colloquy.command.planner;

import io.colloquy.api.conversation.SharedState;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.catalogue.Catalogue.Source;
import java.util.List;

/** Which sources a conversation reads: all, or those its clients have chosen. */
final class ActiveSources {

  private ActiveSources() {}

  /** Whether a dataset's source may be read. */
  static boolean allow(Dataset dataset, SharedState state) {
    List<String> active = state.activeDataSources();
    Source source = dataset.source();
    return active.isEmpty() || active.contains(source.id()) || active.contains(source.name());
  }
}
