package io.esrgan.study;

import java.util.List;

/**
 * What one method reached on one picture.
 *
 * @param picture the file's name
 * @param values one for each measure, in their order
 * @param seconds that the method took, reading and measuring not counted
 */
public record Score(String picture, List<Double> values, double seconds) {
  public Score {
    values = List.copyOf(values);
  }
}
