package io.esrgan.train;

import io.esrgan.nn.Initialisation;
import io.esrgan.weights.GeneratorConfig;

/**
 * The network that learns to enlarge.
 *
 * @param config which one, and how large
 * @param initialisation the numbers it begins from
 */
public record NetworkSection(GeneratorConfig config, Initialisation initialisation) {

  /** Channels of the pictures that it takes and makes: 3 for RGB, 1 for gray. */
  public int channels() {
    return config.inChannels();
  }

  /** Its name and measures, such as {@code RRDBNet nf 64, gc 32, nb 23}. */
  public String title() {
    return config.network() + " " + config.measures();
  }
}
