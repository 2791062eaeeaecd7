package io.esrgan.model;

import io.esrgan.nn.Network;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.RrdbConfig;

/** The network that a generator's measures describe. */
public final class Generators {
  private Generators() {}

  /** A network of these measures, whose parameters have the names of {@code config.shapes()}. */
  public static Network of(GeneratorConfig config) {
    if (config instanceof RrdbConfig rrdb) {
      return new RrdbNet(rrdb);
    }
    throw new IllegalArgumentException(config.network() + " is not built yet");
  }
}
