package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names and shapes of all weights of a discriminator, in the order of the network. */
final class DiscriminatorShapes {
  /** Outputs of the first fully connected layer. */
  private static final int HIDDEN = 100;

  /** Width and height, in pixels, of what the fully connected layers see. */
  static final int LAST_SIDE = 4;

  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private DiscriminatorShapes() {}

  static Map<String, long[]> of(DiscriminatorConfig config) {
    DiscriminatorShapes all = new DiscriminatorShapes();
    if (config instanceof VggDiscriminatorConfig vgg) {
      all.vgg(vgg);
    } else {
      all.unet(config.channels(), config.features());
    }
    return all.shapes;
  }

  private void vgg(VggDiscriminatorConfig config) {
    int in = config.channels();
    int out = config.features();
    for (int stage = 0; stage < config.stages(); stage++) {
      convolution("conv" + stage + "_0", in, out, 3, stage == 0 || config.biased());
      if (stage > 0) {
        normalisation("bn" + stage + "_0", out);
      }
      convolution("conv" + stage + "_1", out, out, 4, config.biased());
      normalisation("bn" + stage + "_1", out);
      in = out;
      out = Math.min(2 * out, 8 * config.features());
    }
    linear("linear1", in * LAST_SIDE * LAST_SIDE, HIDDEN);
    linear("linear2", HIDDEN, 1);
  }

  private void unet(int channels, int features) {
    convolution("conv0", channels, features, 3, true);
    spectral("conv1", features, 2 * features, 4);
    spectral("conv2", 2 * features, 4 * features, 4);
    spectral("conv3", 4 * features, 8 * features, 4);
    spectral("conv4", 8 * features, 4 * features, 3);
    spectral("conv5", 4 * features, 2 * features, 3);
    spectral("conv6", 2 * features, features, 3);
    spectral("conv7", features, features, 3);
    spectral("conv8", features, features, 3);
    convolution("conv9", features, 1, 3, true);
  }

  private void convolution(String name, int in, int out, int kernel, boolean biased) {
    shapes.put(name + ".weight", new long[] {out, in, kernel, kernel});
    if (biased) {
      shapes.put(name + ".bias", new long[] {out});
    }
  }

  private void normalisation(String name, int channels) {
    for (String part : new String[] {".weight", ".bias", ".running_mean", ".running_var"}) {
      shapes.put(name + part, new long[] {channels});
    }
  }

  private void spectral(String name, int in, int out, int kernel) {
    shapes.put(name + ".weight_orig", new long[] {out, in, kernel, kernel});
    shapes.put(name + ".weight_u", new long[] {out});
    shapes.put(name + ".weight_v", new long[] {(long) in * kernel * kernel});
  }

  private void linear(String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }
}
