package io.esrgan.metric;

import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import java.util.Arrays;
import java.util.List;

/**
 * How much lighter a picture is than the one it should be: the difference of their mean gray, in
 * levels from 0 to 255; below 0 where it is darker.
 *
 * <p>Wang et al. 2018, figure 9a, show histograms of blurred gray pictures, which features after
 * activation make darker; blurring leaves the mean as it is.
 */
public final class BrightnessShift implements Metric {
  private static final double LEVELS = 255;
  private static final double BLACK = 16; // of luma
  private static final double RANGE = 219; // of luma, from black to white

  @Override
  public String name() {
    return "Brightness";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public boolean isRanked() {
    return false;
  }

  @Override
  public String best() {
    return "levels of 255 lighter than the original, 0 is best";
  }

  @Override
  public List<Protocol> protocols(int scale) {
    return List.of(Protocol.paper(scale));
  }

  @Override
  public double measure(Picture reference, Picture candidate, Protocol protocol) {
    Measured.check(reference, candidate, protocol, 1);
    return mean(candidate, protocol) - mean(reference, protocol);
  }

  private static double mean(Picture picture, Protocol protocol) {
    return Arrays.stream(gray(picture, protocol).values()).average().orElseThrow();
  }

  /**
   * The gray that is measured: luma from 0 to 255, black to white.
   *
   * @param protocol of the Y channel
   */
  public static Plane gray(Picture picture, Protocol protocol) {
    if (protocol.channel() != Channel.Y) {
      throw new IllegalArgumentException("Brightness takes the Y channel, not " + protocol.stamp());
    }
    Plane plane = Measured.planes(picture, protocol).get(0);
    if (picture.channels().colours() == 1) {
      return plane;
    }
    double[] levels =
        Arrays.stream(plane.values()).map(luma -> (luma - BLACK) * LEVELS / RANGE).toArray();
    return new Plane(plane.width(), plane.height(), levels);
  }
}
