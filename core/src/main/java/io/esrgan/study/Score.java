package io.esrgan.study;

import java.util.List;

/**
 * What one method reached on one picture.
 *
 * @param picture the file's name
 * @param values one for each measure, in their order
 * @param cost of making the picture, reading and measuring not counted
 */
public record Score(String picture, List<Double> values, Cost cost) {
  public Score {
    values = List.copyOf(values);
  }
}
