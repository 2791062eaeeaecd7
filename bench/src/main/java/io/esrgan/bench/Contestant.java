package io.esrgan.bench;

import io.esrgan.tensor.Precision;
import java.util.Optional;

/**
 * One of several ways to do the same work.
 *
 * @param name what it is called in tables
 * @param peer the name of the bare loop that it is held against, if it is not one itself
 * @param precision what it computes in
 * @param work does it once, from start to end
 */
record Contestant(String name, Optional<String> peer, Precision precision, Runnable work) {

  /** A bare loop. */
  static Contestant bare(Format format, Runnable work) {
    return new Contestant(nameOf(format), Optional.empty(), format.precision(), work);
  }

  /** The library's way, held against the bare loop of the same format. */
  static Contestant ours(String name, Format format, Runnable work) {
    return new Contestant(
        name + " " + format.precision().label(),
        Optional.of(nameOf(format)),
        format.precision(),
        work);
  }

  static String nameOf(Format format) {
    return "bare " + format.label();
  }
}
