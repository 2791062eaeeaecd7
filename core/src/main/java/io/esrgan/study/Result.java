package io.esrgan.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one method reached on one set.
 *
 * @param method the method's name
 * @param set the set's name
 * @param provenance where the numbers come from
 * @param measures what was measured
 * @param scores of every picture, in the order of their names; at least one, with a value for each
 *     measure
 */
public record Result(
    String method, String set, Provenance provenance, List<Measure> measures, List<Score> scores) {
  public Result {
    measures = List.copyOf(measures);
    scores = List.copyOf(scores);
  }

  /** What the measure with this index comes to over all pictures. */
  public double mean(int measure) {
    return measures
        .get(measure)
        .metric()
        .mean(scores.stream().map(score -> score.values().get(measure)).toList());
  }

  /** What all pictures took together. */
  public Cost cost() {
    return Cost.sum(scores.stream().map(Score::cost).toList());
  }

  /** All that must be equal for numbers to be compared: everything but the model's weights. */
  private List<String> stamp() {
    return Stream.concat(
            measures.stream().map(Measure::stamp),
            Stream.of("low resolution " + provenance.low(), provenance.program()))
        .toList();
  }

  /**
   * Refuses to let results of one set stand side by side that were not measured alike.
   *
   * @throws IllegalArgumentException if two have different stamps, with what differs
   */
  static void requireComparable(List<Result> results) {
    Map<String, Result> first = new HashMap<>(); // by set
    for (Result result : results) {
      Result other = first.putIfAbsent(result.set, result);
      if (other != null && !other.stamp().equals(result.stamp())) {
        throw new IllegalArgumentException(
            "%s and %s were not measured alike on %s, and cannot stand in one table: %s, but %s; measure them again, in one run"
                .formatted(
                    other.method,
                    result.method,
                    result.set,
                    without(other.stamp(), result.stamp()),
                    without(result.stamp(), other.stamp())));
      }
    }
  }

  private static String without(List<String> stamp, List<String> other) {
    String rest =
        stamp.stream().filter(part -> !other.contains(part)).collect(Collectors.joining("; "));
    return rest.isEmpty() ? "nothing else" : rest;
  }
}
