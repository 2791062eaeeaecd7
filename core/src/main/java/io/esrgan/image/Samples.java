package io.esrgan.image;

/** Takes rows of a picture as numbers and gives rows of the resized one back. */
final class Samples {
  private final Picture picture;
  private final int channels;
  private final int most;
  private final boolean weighted;
  private final int width;
  private final int height;
  private final byte[] bytes; // one of the two is null
  private final short[] shorts;
  private int stored; // samples of the result

  /**
   * @param weighted whether colours are weighted by alpha, where there is one
   */
  Samples(Picture picture, int width, int height, boolean weighted) {
    this.picture = picture;
    this.channels = picture.channels().count();
    this.most = picture.maximum();
    this.weighted = weighted && picture.channels().hasAlpha();
    this.width = width;
    this.height = height;
    int samples = Math.multiplyExact(Math.multiplyExact(width, height), channels);
    this.bytes = picture.bits() == 8 ? new byte[samples] : null;
    this.shorts = picture.bits() == 8 ? null : new short[samples];
  }

  /** Sends all rows of the picture through a resizer whose rows are {@linkplain #store stored}. */
  Picture through(RowResizer resizer) {
    double[] row = new double[picture.width() * channels];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, weighted, row);
      resizer.accept(row);
    }
    return bytes != null
        ? Picture.of8Bit(width, height, picture.channels(), bytes, picture.metadata())
        : Picture.of16Bit(width, height, picture.channels(), shorts, picture.metadata());
  }

  /** Rounds half up and clamps. */
  void round(double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = rounded(row[i]);
    }
  }

  private int rounded(double value) {
    return (int) Math.max(0, Math.min(most, value + 0.5));
  }

  /** The next row of the result, as {@link Picture#row} gives one; overwrites it. */
  void store(double[] row) {
    if (weighted) {
      for (int i = 0; i < row.length; i += channels) {
        double opacity = Math.min(1, row[i + channels - 1] / most);
        boolean visible = rounded(row[i + channels - 1]) > 0;
        for (int c = 0; c < channels - 1; c++) {
          row[i + c] = visible ? row[i + c] / opacity : 0;
        }
      }
    }
    if (bytes != null) {
      for (double value : row) {
        bytes[stored++] = (byte) rounded(value);
      }
    } else {
      for (double value : row) {
        shorts[stored++] = (short) rounded(value);
      }
    }
  }
}
