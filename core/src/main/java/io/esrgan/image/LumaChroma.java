package io.esrgan.image;

/**
 * JPEG's YCbCr to RGB (JFIF 1.02), in place, in libjpeg's fixed point: samples are bit for bit what
 * other programs see.
 */
final class LumaChroma {
  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);
  private static final int[] CR_RED = table(1.40200, HALF);
  private static final int[] CB_BLUE = table(1.77200, HALF);
  private static final int[] CR_GREEN = table(-0.71414, 0);
  private static final int[] CB_GREEN = table(-0.34414, HALF);

  private LumaChroma() {}

  private static int[] table(double factor, int offset) {
    int fixed = (int) Math.round(factor * (1 << SHIFT));
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      table[i] = fixed * (i - 128) + offset;
    }
    return table;
  }

  /**
   * Converts the first three of every {@code step} samples. With four (YCCK) the result is turned
   * over: Adobe stores what is left of white, 255 for no ink.
   */
  static void toRgb(byte[] samples, int step) {
    int turn = step == 4 ? 255 : 0;
    for (int i = 0; i + 2 < samples.length; i += step) {
      int y = samples[i] & 0xff;
      int cb = samples[i + 1] & 0xff;
      int cr = samples[i + 2] & 0xff;
      samples[i] = (byte) (clamp(y + (CR_RED[cr] >> SHIFT)) ^ turn);
      samples[i + 1] = (byte) (clamp(y + ((CB_GREEN[cb] + CR_GREEN[cr]) >> SHIFT)) ^ turn);
      samples[i + 2] = (byte) (clamp(y + (CB_BLUE[cb] >> SHIFT)) ^ turn);
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
