package io.esrgan.degrade;

import io.esrgan.random.Dice;

/**
 * Noise (Wang et al. 2021, section 3.1): each channel by itself, or the same in all (gray). What
 * comes back is clamped to [0, 1].
 */
public final class Noise {
  private Noise() {}

  /**
   * Normally distributed noise, as of electronics.
   *
   * @param sigma its deviation in levels of 255
   */
  public static Planes gaussian(Planes planes, double sigma, boolean gray, Dice dice) {
    float[] noise = new float[gray ? planes.pixels() : planes.values().length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (sigma / 255 * dice.gaussian());
    }
    return plus(planes, noise, 1);
  }

  /**
   * Noise of counting light: the levels of the picture, taken for as many photons as there are
   * levels in it (to the next power of two), differ from what is counted.
   *
   * @param scale what the noise is multiplied by
   */
  public static Planes poisson(Planes planes, double scale, boolean gray, Dice dice) {
    float[] light = gray ? luma(planes) : planes.values();
    int levels = levels(light);
    Poisson[] counts = new Poisson[256]; // by the level of the light
    float[] noise = new float[light.length];
    for (int i = 0; i < noise.length; i++) {
      int level = Planes.level(light[i]);
      if (counts[level] == null) {
        counts[level] = new Poisson(level / 255.0 * levels);
      }
      noise[i] = (float) ((double) counts[level].draw(dice) / levels - level / 255.0);
    }
    return plus(planes, noise, (float) scale);
  }

  /** How many different levels there are, to the next power of two. */
  private static int levels(float[] light) {
    boolean[] there = new boolean[256];
    int count = 0;
    for (float value : light) {
      int level = Planes.level(value);
      count += there[level] ? 0 : 1;
      there[level] = true;
    }
    return count == 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
  }

  private static float[] luma(Planes planes) {
    if (planes.channels() == 1) {
      return planes.values();
    }
    int pixels = planes.pixels();
    float[] luma = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      luma[i] =
          0.2989f * planes.values()[i]
              + 0.587f * planes.values()[pixels + i]
              + 0.114f * planes.values()[2 * pixels + i];
    }
    return luma;
  }

  private static Planes plus(Planes planes, float[] noise, float scale) {
    float[] values = new float[planes.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Planes.unit(planes.values()[i] + scale * noise[i % noise.length]);
    }
    return new Planes(planes.channels(), planes.height(), planes.width(), values);
  }
}
