package io.esrgan.degrade;

/**
 * Unsharp masking of the pictures that training aims at (Wang et al. 2021, section 4.1), where they
 * differ enough from their blurred selves, so that noise in flat areas stays as it is.
 */
public final class Sharpening {
  private static final int SIZE = 51; // of the Gaussian, whose deviation OpenCV makes 8 of this
  private static final double SIGMA = 8;
  private static final float AMOUNT = 0.5f;
  private static final float THRESHOLD = 10; // levels of 255

  private static final Kernel ROW = Kernel.line(SIZE, SIGMA, false);
  private static final Kernel COLUMN = Kernel.line(SIZE, SIGMA, true);

  private Sharpening() {}

  /** The picture sharpened, in [0, 1]. */
  public static Planes sharpen(Planes planes) {
    float[] values = planes.values();
    float[] blurred = blur(planes).values();
    Planes mask = Planes.zeros(planes.channels(), planes.height(), planes.width());
    for (int i = 0; i < values.length; i++) {
      mask.values()[i] = Math.abs(values[i] - blurred[i]) * 255 > THRESHOLD ? 1 : 0;
    }
    float[] soft = blur(mask).values();
    float[] sharp = new float[values.length];
    for (int i = 0; i < sharp.length; i++) {
      float sharper = Planes.unit(values[i] + AMOUNT * (values[i] - blurred[i]));
      sharp[i] = values[i] + soft[i] * (sharper - values[i]);
    }
    return new Planes(planes.channels(), planes.height(), planes.width(), sharp);
  }

  private static Planes blur(Planes planes) {
    return COLUMN.filter(ROW.filter(planes));
  }
}
