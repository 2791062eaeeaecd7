package io.esrgan.weights;

import java.util.Map;

/** The names and shapes of all weights of an RRDB generator, in the order of the network. */
final class RrdbShapes {
  private static final int KERNEL = 3;

  private RrdbShapes() {}

  static Map<String, long[]> of(RrdbConfig config) {
    ShapeList all = new ShapeList();
    int features = config.features();
    all.convolution("conv_first", config.firstChannels(), features, KERNEL);
    for (int block = 0; block < config.blocks(); block++) {
      for (int dense = 1; dense <= 3; dense++) {
        denseBlock(all, "body." + block + ".rdb" + dense + ".", config);
      }
    }
    all.convolution("conv_body", features, features, KERNEL);
    for (int up = 1; up <= config.upsamplings(); up++) {
      all.convolution("conv_up" + up, features, features, KERNEL);
    }
    return all.convolution("conv_hr", features, features, KERNEL)
        .convolution("conv_last", features, config.outChannels(), KERNEL)
        .map();
  }

  private static void denseBlock(ShapeList all, String prefix, RrdbConfig config) {
    int features = config.features();
    int growth = config.growth();
    if (config.plus()) {
      all.plain(prefix + "conv1x1", features, growth, 1);
    }
    for (int i = 1; i <= 4; i++) {
      all.convolution(prefix + "conv" + i, features + (i - 1) * growth, growth, KERNEL);
    }
    all.convolution(prefix + "conv5", features + 4 * growth, features, KERNEL);
  }
}
