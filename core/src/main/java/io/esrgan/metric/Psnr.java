package io.esrgan.metric;

import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import java.util.List;

/**
 * Peak signal-to-noise ratio in decibels, {@code 10 log10(255² / mean square error)}; infinite for
 * equal pictures. RGB takes the mean over all three channels.
 */
public final class Psnr implements Metric {
  private static final double PEAK = 255;

  @Override
  public String name() {
    return "PSNR";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public double measure(Picture reference, Picture candidate, Protocol protocol) {
    return decibels(meanSquare(reference, candidate, protocol), PEAK);
  }

  /** The mean square error over all channels, of samples from 0 to 255. */
  static double meanSquare(Picture reference, Picture candidate, Protocol protocol) {
    Measured.check(reference, candidate, protocol, 1);
    List<Plane> expected = Measured.planes(reference, protocol);
    List<Plane> actual = Measured.planes(candidate, protocol);
    double error = 0;
    for (int i = 0; i < expected.size(); i++) {
      error += meanSquare(expected.get(i).values(), actual.get(i).values()) / expected.size();
    }
    return error;
  }

  static double decibels(double meanSquare, double peak) {
    return 10 * Math.log10(peak * peak / meanSquare);
  }

  private static double meanSquare(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum / a.length;
  }
}
