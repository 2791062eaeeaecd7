package io.esrgan.metric;

import io.esrgan.image.Picture;
import java.util.Collection;

/**
 * Root mean square error of samples from 0 to 255; 0 for equal pictures. With it the PIRM challenge
 * of 2018 bounds its regions (Blau et al. 2018): over a set it is the root of the mean of the
 * pictures' squares, not the mean of their roots.
 */
public final class Rmse implements Metric {
  @Override
  public String name() {
    return "RMSE";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double measure(Picture reference, Picture candidate, Protocol protocol) {
    return Math.sqrt(Psnr.meanSquare(reference, candidate, protocol));
  }

  @Override
  public double mean(Collection<Double> values) {
    return Math.sqrt(values.stream().mapToDouble(value -> value * value).average().orElseThrow());
  }
}
