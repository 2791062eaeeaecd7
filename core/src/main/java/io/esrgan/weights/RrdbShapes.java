package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names and shapes of all weights of a generator, in the order of the network. */
final class RrdbShapes {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private RrdbShapes() {}

  static Map<String, long[]> of(RrdbConfig config) {
    RrdbShapes all = new RrdbShapes();
    int features = config.features();
    all.convolution("conv_first", config.firstChannels(), features);
    for (int block = 0; block < config.blocks(); block++) {
      for (int dense = 1; dense <= 3; dense++) {
        all.denseBlock("body." + block + ".rdb" + dense + ".", config);
      }
    }
    all.convolution("conv_body", features, features);
    for (int up = 1; up <= config.upsamplings(); up++) {
      all.convolution("conv_up" + up, features, features);
    }
    all.convolution("conv_hr", features, features);
    all.convolution("conv_last", features, config.outChannels());
    return all.shapes;
  }

  private void denseBlock(String prefix, RrdbConfig config) {
    int features = config.features();
    int growth = config.growth();
    if (config.plus()) {
      shapes.put(prefix + "conv1x1.weight", new long[] {growth, features, 1, 1});
    }
    for (int i = 1; i <= 4; i++) {
      convolution(prefix + "conv" + i, features + (i - 1) * growth, growth);
    }
    convolution(prefix + "conv5", features + 4 * growth, features);
  }

  private void convolution(String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {out, in, 3, 3});
    shapes.put(name + ".bias", new long[] {out});
  }
}
