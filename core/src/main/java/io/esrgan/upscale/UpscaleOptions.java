package io.esrgan.upscale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * What is done beside running the network once.
 *
 * @param scale how many times wider and higher the result is, {@value #LEAST_SCALE} to {@value
 *     #MOST_SCALE}, whole or not; nothing for the network's own scale. The network runs once, at
 *     its own scale, and bicubic brings the result to round(scale x width) by round(scale x height)
 *     pixels, halves upwards, before samples are rounded.
 * @param ensemble whether the mean of the network's answers to all eight orientations of the
 *     picture is taken, which costs eight times the time (Timofte et al. 2016, Seven ways to
 *     improve example-based single image super resolution; Lim et al. 2017, EDSR, section 3.4:
 *     geometric self-ensemble)
 * @param backProjections 0 to {@value #MOST_BACK_PROJECTIONS}: how often the result is shrunk by
 *     bicubic, held against the input, and given the difference enlarged by bicubic (Irani and
 *     Peleg 1991, Timofte et al. 2016). ESRGAN's entry to the PIRM challenge took 20. Done at the
 *     network's scale, on unrounded values.
 */
public record UpscaleOptions(OptionalDouble scale, boolean ensemble, int backProjections) {
  /** The smallest scale. */
  public static final int LEAST_SCALE = 1;

  /** The largest scale. */
  public static final int MOST_SCALE = 16;

  /** The most back-projections. */
  public static final int MOST_BACK_PROJECTIONS = 100;

  /** The network once, at its own scale. */
  public static final UpscaleOptions PLAIN = new UpscaleOptions(OptionalDouble.empty(), false, 0);

  /** Checks the ranges. */
  public UpscaleOptions {
    if (scale.isPresent()
        && !(scale.getAsDouble() >= LEAST_SCALE && scale.getAsDouble() <= MOST_SCALE)) {
      throw new IllegalArgumentException(
          "a scale is %d to %d, whole or not; %s is none"
              .formatted(LEAST_SCALE, MOST_SCALE, scale.getAsDouble()));
    }
    if (backProjections < 0 || backProjections > MOST_BACK_PROJECTIONS) {
      throw new IllegalArgumentException(
          "the result is back-projected 0 to %d times, not %d"
              .formatted(MOST_BACK_PROJECTIONS, backProjections));
    }
  }

  /** These with another scale. */
  public UpscaleOptions withScale(double other) {
    return new UpscaleOptions(OptionalDouble.of(other), ensemble, backProjections);
  }

  /** These with a self-ensemble. */
  public UpscaleOptions withEnsemble() {
    return new UpscaleOptions(scale, true, backProjections);
  }

  /** These with another number of back-projections. */
  public UpscaleOptions withBackProjections(int number) {
    return new UpscaleOptions(scale, ensemble, number);
  }

  /**
   * Refuses a network that these make no sense with.
   *
   * @throws IllegalArgumentException if the result is to be back-projected, but not larger
   */
  public void requireFit(int networkScale) {
    if (networkScale == 1 && backProjections > 0) {
      throw new IllegalArgumentException(
          "this model does not enlarge (x1), so there is nothing to back-project; leave that out");
    }
  }

  /** How many times wider and higher the result of a network becomes in the end. */
  public double scaleOf(int networkScale) {
    return scale.orElse(networkScale);
  }

  /** A scale as people write it, in no locale's own digits: {@code 4}, {@code 2.5}. */
  static String digits(double scale) {
    return BigDecimal.valueOf(scale).stripTrailingZeros().toPlainString();
  }

  /** Pixels that a side of the input becomes, as many as that at least. */
  int side(int pixels, int networkScale) {
    return BigDecimal.valueOf(scaleOf(networkScale))
        .multiply(BigDecimal.valueOf(pixels))
        .setScale(0, RoundingMode.HALF_UP)
        .intValueExact();
  }
}
