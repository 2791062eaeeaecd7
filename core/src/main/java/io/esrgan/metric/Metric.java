package io.esrgan.metric;

import io.esrgan.image.Picture;
import java.util.Collection;
import java.util.List;

/** A number for how close a picture comes to the one it should be. Safe for several threads. */
public interface Metric {

  /** Its name in tables, such as {@code PSNR}. */
  String name();

  /** Whether a larger number is a better picture. */
  boolean higherIsBetter();

  /** Whether one end of its numbers is the best; of others the best is 0. */
  default boolean isRanked() {
    return true;
  }

  /** Which number is the best, in words, where it is not the largest; else empty. */
  default String best() {
    return higherIsBetter() ? "" : "lower is better";
  }

  /**
   * The protocols by which it is usually taken of pictures that were enlarged by {@code scale}, at
   * most one for each channel, the paper's first: luma and RGB with a border of as many pixels as
   * the scale, unless it says otherwise.
   */
  default List<Protocol> protocols(int scale) {
    return List.of(Protocol.paper(scale), new Protocol(Channel.RGB, scale));
  }

  /** What it comes to over the pictures of a set: the arithmetic mean, unless it says otherwise. */
  default double mean(Collection<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** The SHA-256 of each file that its numbers depend on, none for a mere formula. */
  default List<String> weights() {
    return List.of();
  }

  /**
   * Measures {@code candidate} against {@code reference}.
   *
   * @throws IllegalArgumentException if the two differ in size or channels, have alpha, or are too
   *     small for the protocol
   */
  double measure(Picture reference, Picture candidate, Protocol protocol);
}
