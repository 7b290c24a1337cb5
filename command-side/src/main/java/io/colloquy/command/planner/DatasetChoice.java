package io.colloquy.command.planner;

import io.colloquy.command.catalogue.Catalogue.Dataset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which dataset a question is about: the one that has most of its words, then the one whose words
 * fit best; naming a dataset counts most.
 */
final class DatasetChoice {

  private static final int NAMED = 20;
  private static final int PART = 8;

  private DatasetChoice() {}

  private record Score(String dataset, int covered, int fit) {}

  /** The datasets that fit best: one, several that fit equally, or none. */
  static List<String> of(Reading reading, Map<String, Dataset> readable) {
    List<Score> scores =
        readable.keySet().stream()
            .map(name -> score(reading, name))
            .filter(score -> score.covered() > 0)
            .sorted(Comparator.comparingInt(Score::covered).thenComparingInt(Score::fit).reversed())
            .toList();
    return scores.stream()
        .filter(
            score ->
                score.covered() == scores.getFirst().covered()
                    && score.fit() == scores.getFirst().fit())
        .map(Score::dataset)
        .toList();
  }

  private static Score score(Reading reading, String dataset) {
    int covered = 0;
    int fit = 0;
    Set<Term> counted = new HashSet<>();
    for (Reading.Found found : reading.matches()) {
      int best = 0;
      for (Map.Entry<Term, Integer> meaning : found.meanings().entrySet()) {
        if (dataset.equals(meaning.getKey().dataset()) && counted.add(meaning.getKey())) {
          int weight = meaning.getKey() instanceof Term.OfDataset ? NAMED : PART;
          best = Math.max(best, weight + meaning.getValue());
        }
      }
      covered += best > 0 ? 1 : 0;
      fit += best;
    }
    return new Score(dataset, covered, fit);
  }
}
