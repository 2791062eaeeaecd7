package io.esrgan.data;

/**
 * What one training step sees: {@code size} pairs of crops, low and high resolution.
 *
 * <p>The arrays are planar, (n, c, h, w) with w fastest, RGB or gray; values are 8-bit samples
 * divided by 255, so in [0, 1]. The arrays belong to whoever took the batch; the loader keeps no
 * hold of them.
 *
 * @param step the step this batch is for, which decides its content together with the seed
 * @param size pairs, n
 * @param channels 3 for RGB, 1 for gray
 * @param lowSize side of the square low-resolution crops, in pixels
 * @param scale how many times larger the high-resolution crops are
 * @param low (n, c, lowSize, lowSize)
 * @param high (n, c, lowSize x scale, lowSize x scale): what pictures look like, for a
 *     discriminator
 * @param target the same pictures as pixels and features are to become: {@code high} itself, or
 *     sharpened where low resolutions are degraded
 */
@SuppressWarnings("ArrayRecordComponent") // two batches are never compared with equals
public record Batch(
    long step,
    int size,
    int channels,
    int lowSize,
    int scale,
    float[] low,
    float[] high,
    float[] target) {

  public Batch {
    check("low", low.length, size, channels, lowSize);
    check("high", high.length, size, channels, lowSize * scale);
    check("target", target.length, size, channels, lowSize * scale);
  }

  /** A batch whose target is the high resolution as it is. */
  public Batch(
      long step, int size, int channels, int lowSize, int scale, float[] low, float[] high) {
    this(step, size, channels, lowSize, scale, low, high, high);
  }

  /** Side of the square high-resolution crops, in pixels. */
  public int highSize() {
    return lowSize * scale;
  }

  /** Shape of {@link #low()}: (n, c, h, w). */
  public long[] lowShape() {
    return new long[] {size, channels, lowSize, lowSize};
  }

  /** Shape of {@link #high()}: (n, c, h x scale, w x scale). */
  public long[] highShape() {
    return new long[] {size, channels, highSize(), highSize()};
  }

  private static void check(String name, int length, int size, int channels, int side) {
    if (length != (long) size * channels * side * side) {
      throw new IllegalArgumentException(
          "%s has %d values, but (%d, %d, %d, %d) needs %d"
              .formatted(
                  name, length, size, channels, side, side, (long) size * channels * side * side));
    }
  }
}
