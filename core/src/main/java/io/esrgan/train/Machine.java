package io.esrgan.train;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Engine;
import io.esrgan.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a run computes with, as far as it decides the last bits of the weights.
 *
 * @param threads that compute one operation
 * @param precision of the feature maps
 * @param device as the engine calls it
 */
record Machine(int threads, String precision, String device) {
  private static final String THREADS = "machine.threads";
  private static final String PRECISION = "machine.precision";
  private static final String DEVICE = "machine.device";

  /** This one, as it is set up now. Loads the engine. */
  static Machine now(Device device, Precision precision) {
    return new Machine(Engine.threads(), precision.label(), device.label());
  }

  void save(Map<String, String> metadata) {
    metadata.put(THREADS, Integer.toString(threads));
    metadata.put(PRECISION, precision);
    metadata.put(DEVICE, device);
  }

  /**
   * What {@link #save} wrote.
   *
   * @throws NumberFormatException if the number of threads is missing or none
   */
  static Machine read(Map<String, String> metadata) {
    int threads = Integer.parseInt(metadata.getOrDefault(THREADS, ""));
    if (threads < 1) {
      throw new NumberFormatException(threads + " threads");
    }
    return new Machine(
        threads, metadata.getOrDefault(PRECISION, ""), metadata.getOrDefault(DEVICE, ""));
  }

  /**
   * Refuses another precision, which is another training.
   *
   * @param then what the checkpoint was computed with
   */
  void requirePrecisionOf(Machine then, Path checkpoint) throws IOException {
    if (!precision.equals(then.precision)) {
      throw new IOException(
          "%s is of another run (precision was %s, is %s here): give --set precision=%s, or another --out"
              .formatted(checkpoint, then.precision, precision, then.precision));
    }
  }

  /** Why a run that goes on here ends with other last bits than one that was never stopped. */
  Optional<String> difference(Machine then) {
    if (!device.equals(then.device)) {
      return Optional.of(
          "begun on %s, goes on on %s: not the same to the last bit"
              .formatted(then.device, device));
    }
    return threads == then.threads
        ? Optional.empty()
        : Optional.of(
            "begun with %d threads, goes on with %d: not the same to the last bit"
                .formatted(then.threads, threads));
  }
}
