package io.colloquy.command.source;

import io.colloquy.api.source.SourceView;
import io.colloquy.api.source.SourceView.Status;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps the catalogue in step with the sources people bring. */
public final class SourceCatalogue {

  private final Catalogue catalogue;
  private final Supplier<List<SourceView>> sources;
  private volatile List<SourceView> taken = List.of();

  /**
   * Over a catalogue.
   *
   * @param sources gives all sources as they stand
   */
  public SourceCatalogue(Catalogue catalogue, Supplier<List<SourceView>> sources) {
    this.catalogue = catalogue;
    this.sources = sources;
  }

  /** Takes in what has changed, and answers with the sources that can be asked about. */
  public List<SourceView> refresh() {
    List<SourceView> now =
        sources.get().stream().filter(source -> source.status() == Status.READY).toList();
    if (!now.equals(taken)) {
      Map<String, Dataset> datasets = new LinkedHashMap<>();
      now.forEach(source -> datasets.putAll(SourceDatasets.of(source)));
      catalogue.takeUploads(datasets);
      taken = now;
    }
    return now;
  }
}
