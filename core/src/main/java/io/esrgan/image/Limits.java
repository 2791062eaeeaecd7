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
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
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

  /**
   * For pictures that are read by rows, of which only some are in memory: 17,179,869,184 pixels
   * (131,072 x 131,072) and 1 TiB, or what the same system properties say.
   */
  public static Limits streamed() {
    return new Limits(Long.getLong(PIXELS, 1L << 34), Long.getLong(BYTES, 1L << 40));
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

  /** Refuses what Java, as it was started, surely cannot hold at once. */
  static void checkMemory(long bytes, String remedy) throws Defect {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new Defect(
          String.format(
              ROOT,
              "the picture needs %,d MB of memory at once, Java may use %,d; give it more with"
                  + " -Xmx, or %s",
              bytes / 1_000_000,
              most / 1_000_000,
              remedy));
    }
  }

  /** A row's bytes as the length of an array, which must hold it. */
  static int row(long bytes) throws Defect {
    if (bytes > LARGEST_ARRAY) {
      throw new Defect(
          String.format(
              ROOT,
              "a row of the picture has %,d bytes, more than the %,d that can be held; cut it in"
                  + " parts",
              bytes,
              LARGEST_ARRAY));
    }
    return (int) bytes;
  }

  /**
   * How many samples a picture in memory has. An array holds 2^31, whatever the limit says, and
   * Java's memory has an end, too.
   */
  static int samples(int width, int height, int channels, int bits) throws Defect {
    long samples = (long) width * height * channels;
    if (samples > LARGEST_ARRAY) {
      throw new Defect(
          String.format(
              ROOT,
              "the picture has %,d samples, more than the %,d one picture can hold; cut it in"
                  + " parts",
              samples,
              LARGEST_ARRAY));
    }
    checkMemory(samples * bits / 8, "cut it in parts");
    return (int) samples;
  }
}
