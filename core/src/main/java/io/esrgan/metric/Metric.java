package io.esrgan.metric;

import io.esrgan.image.Picture;

/** A number for how close a picture comes to the one it should be. Safe for several threads. */
public interface Metric {

  /** Its name in tables, such as {@code PSNR}. */
  String name();

  /** Whether a larger number is a better picture. */
  boolean higherIsBetter();

  /**
   * Measures {@code candidate} against {@code reference}.
   *
   * @throws IllegalArgumentException if the two differ in size or channels, have alpha, or are too
   *     small for the protocol
   */
  double measure(Picture reference, Picture candidate, Protocol protocol);
}
