package io.colloquy.command.export;

import io.colloquy.api.data.DataQuery;
import io.colloquy.api.widget.ChartType;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file is to hold.
 *
 * @param title what the widget is called
 * @param chart how the widget draws its data, null when it does not
 * @param query whose rows are written
 * @param dataset what the query asks
 * @param at when the file was asked for
 */
record ExportContent(
    String title, @Nullable ChartType chart, DataQuery query, Dataset dataset, Instant at) {

  /** The headings of the columns, in the order of a row's cells. */
  List<String> headings() {
    List<String> headings = new ArrayList<>();
    query.dimensions().forEach(dimension -> headings.add(dataset.dimension(dimension).label()));
    query.measures().forEach(measure -> headings.add(dataset.measure(measure).axisLabel()));
    return headings;
  }

  /** Where the rows come from, in a line. */
  String source() {
    return dataset.source().name() + ", " + dataset.source().location();
  }
}
