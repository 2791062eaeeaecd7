package io.esrgan.study;

import java.util.List;

/**
 * What it took a method to enlarge a picture.
 *
 * @param seconds from picture to picture in memory
 * @param megapixels of the result, millions of pixels
 * @param megabytes that the method planned to compute in at the worst moment, without its weights
 *     and the result, millions of bytes; not-a-number where it does not plan
 */
public record Cost(double seconds, double megapixels, double megabytes) {
  /** Of a picture that no method made. */
  static final Cost NONE = new Cost(0, 0, Double.NaN);

  /** Of all of them. */
  static Cost sum(List<Cost> costs) {
    return new Cost(
        costs.stream().mapToDouble(Cost::seconds).sum(),
        costs.stream().mapToDouble(Cost::megapixels).sum(),
        costs.stream().mapToDouble(Cost::megabytes).sum());
  }

  /** Not-a-number where no method made a pixel. */
  double secondsPerMegapixel() {
    return seconds / megapixels;
  }

  /** The mean over pixels of the result; not-a-number where the method does not plan. */
  double megabytesPerMegapixel() {
    return megabytes / megapixels;
  }
}
