package io.esrgan.image;

import static java.util.Locale.ROOT;

/**
 * How large a file and a picture may be before reading refuses it. A file of a few kilobytes can
 * claim a picture of many gigabytes, so the claim is checked before anything is allocated.
 *
 * @param pixels the most pixels (width x height)
 * @param fileBytes the most bytes of a file
 */
public record Limits(long pixels, long fileBytes) {
  private static final String PIXELS = "esrgan.limit.pixels";
  private static final String BYTES = "esrgan.limit.bytes";

  public Limits {
    if (pixels < 1 || fileBytes < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: %d pixels, %d bytes".formatted(pixels, fileBytes));
    }
  }

  /**
   * 268,435,456 pixels (16,384 x 16,384) and 2 GiB, or what the system properties {@code
   * esrgan.limit.pixels} and {@code esrgan.limit.bytes} say.
   */
  public static Limits standard() {
    return new Limits(Long.getLong(PIXELS, 1L << 28), Long.getLong(BYTES, 1L << 31));
  }

  void checkFile(long bytes) throws Defect {
    if (bytes > fileBytes) {
      throw new Defect(
          String.format(
              ROOT,
              "the file has %,d bytes, the limit is %,d; raise it with -D%s=%d or Limits",
              bytes,
              fileBytes,
              BYTES,
              bytes));
    }
  }

  void checkPicture(int width, int height) throws Defect {
    if (width < 1 || height < 1) {
      throw Defect.damaged("it claims %d x %d pixels".formatted(width, height));
    }
    long claimed = (long) width * height;
    if (claimed > pixels) {
      throw new Defect(
          String.format(
              ROOT,
              "the picture has %,d x %,d = %,d pixels, the limit is %,d; raise it with -D%s=%d or"
                  + " Limits",
              width,
              height,
              claimed,
              pixels,
              PIXELS,
              claimed));
    }
  }

  /** An array holds 2^31 samples, whatever the limit says. */
  static int samples(int width, int height, int channels) throws Defect {
    long samples = (long) width * height * channels;
    if (samples > Integer.MAX_VALUE - 8) {
      throw new Defect(
          String.format(
              ROOT,
              "the picture has %,d samples, more than the %,d one picture can hold; cut it in"
                  + " parts",
              samples,
              Integer.MAX_VALUE - 8));
    }
    return (int) samples;
  }
}
