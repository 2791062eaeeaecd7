package io.esrgan.data;

import io.esrgan.degrade.Degradation;
import java.util.Objects;
import java.util.Optional;

/**
 * What a batch is made of.
 *
 * @param size pairs in a batch, at least 1
 * @param crop side of the square high-resolution crop in pixels, a multiple of {@code scale}
 * @param scale high resolution over low, at least 1
 * @param channels 3 for RGB (a gray picture is repeated), 1 for gray (an RGB picture becomes luma)
 * @param sampling how often a picture is drawn
 * @param pool pictures that crops are drawn from at a time, 0 for all: fewer, which change slowly,
 *     where all of them, decoded, do not fit the memory
 * @param augment whether crops are mirrored and transposed at random, all eight ways equally likely
 * @param degradation what makes the low resolution; none for bicubic, or for pictures that are
 *     given
 */
public record BatchPlan(
    int size,
    int crop,
    int scale,
    int channels,
    Sampling sampling,
    int pool,
    boolean augment,
    Optional<Degradation> degradation) {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** A plan without degradation. */
  public BatchPlan(
      int size, int crop, int scale, int channels, Sampling sampling, int pool, boolean augment) {
    this(size, crop, scale, channels, sampling, pool, augment, Optional.empty());
  }

  public BatchPlan {
    Objects.requireNonNull(degradation, "degradation");
    Objects.requireNonNull(sampling, "sampling");
    require(size >= 1, "a batch of " + size + " pairs is empty");
    require(scale >= 1, "the scale is " + scale + ", but must be at least 1");
    require(channels == 1 || channels == 3, channels + " channels: only 1 and 3 are possible");
    require(pool >= 0, "a pool of " + pool + " pictures: 0 (all) or more are possible");
    require(crop >= scale, "a crop of " + crop + " pixels is smaller than the scale " + scale);
    require(
        crop % scale == 0,
        "a crop of %d pixels cannot be cut at scale %d: try %d"
            .formatted(crop, scale, crop / scale * scale));
    int margin = degradation.map(Degradation::margin).orElse(0);
    require(
        margin >= 0 && margin % scale == 0,
        "a margin of %d pixels is no multiple of the scale %d".formatted(margin, scale));
    require(
        size <= mostPairs(crop, channels),
        "a batch of %d crops of %dx%d pixels is too large: at most %d are possible"
            .formatted(size, crop, crop, mostPairs(crop, channels)));
  }

  /** How many high-resolution crops one array can hold. */
  public static long mostPairs(int crop, int channels) {
    return LONGEST_ARRAY / ((long) crop * crop) / channels;
  }

  /** Side of the low-resolution crop in pixels. */
  public int lowCrop() {
    return crop / scale;
  }

  /** Side in pixels of what is cut of a picture: the crop, and what is degraded around it. */
  public int piece() {
    return crop + 2 * degradation.map(Degradation::margin).orElse(0);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
