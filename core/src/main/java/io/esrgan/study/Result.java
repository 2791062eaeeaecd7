package io.esrgan.study;

import java.util.List;

/**
 * What one method reached on one set.
 *
 * @param method the method's name
 * @param set the set's name
 * @param scores of every picture, in the order of their names; at least one
 */
public record Result(String method, String set, List<Score> scores) {
  public Result {
    scores = List.copyOf(scores);
  }

  /** The mean over pictures of the measure with this index. */
  public double mean(int measure) {
    return scores.stream().mapToDouble(s -> s.values().get(measure)).average().orElseThrow();
  }

  /** Seconds that the method took for all pictures. */
  public double seconds() {
    return scores.stream().mapToDouble(Score::seconds).sum();
  }
}
