package io.esrgan.bench;

import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.SqueezeNet;
import io.esrgan.model.Vgg19;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.StateDict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Feature networks of their true shapes with drawn weights: as much work as with trained ones,
 * which have to be fetched.
 */
final class DrawnFeatures {
  /** VGG19's convolutions in each block; a pooling follows. */
  static final int[] CONVOLUTIONS = {2, 2, 4, 4, 4};

  /** Output channels of VGG19's first block. */
  static final int WIDTH = 64;

  /** Output channels of each block, as multiples of the first one's. */
  private static final int[] WIDTHS = {1, 2, 4, 8, 8};

  private DrawnFeatures() {}

  /** The network that a recipe's {@code perceptual.network} means, down to its last tap. */
  static FeatureNetwork named(String name, List<String> taps) {
    return name.startsWith("squeezenet") ? new SqueezeNet(taps) : vgg19(WIDTH, taps);
  }

  /**
   * VGG19, or one like it.
   *
   * @param width output channels of its first block
   */
  static Vgg19 vgg19(int width, List<String> taps) {
    Map<Integer, Integer> widths = new HashMap<>(); // by torchvision's numbers
    int number = 0;
    for (int block = 0; block < CONVOLUTIONS.length; block++) {
      for (int i = 0; i < CONVOLUTIONS[block]; i++) {
        widths.put(number + 2 * i, width * WIDTHS[block]);
      }
      number += 2 * CONVOLUTIONS[block] + 1;
    }
    return new Vgg19(widths, taps);
  }

  /** Weights that keep the size of what passes through. */
  static StateDict weights(FeatureNetwork network) {
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.initialise(Initialisation.HE, 1);
      return parameters.toStateDict();
    }
  }
}
