package io.esrgan.model;

import io.esrgan.nn.Live;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Tensor;
import java.util.List;

/**
 * A trained classifier up to the layers that a perceptual loss or LPIPS compares pictures by. It is
 * made with the taps that are wanted, and holds no more layers than they need.
 */
public sealed interface FeatureNetwork extends Parameterised permits AlexNet, SqueezeNet, Vgg {

  /**
   * The maps at its taps, in their order.
   *
   * @param pictures (n, 3, h, w), RGB in [0, 1]; what the network wants of its input is done inside
   */
  List<Tensor> features(Live pictures);

  /** Pictures with ImageNet's mean taken away and divided by its deviation, as torchvision does. */
  static Live normalised(Live pictures) {
    double[] mean = {0.485, 0.456, 0.406};
    double[] deviation = {0.229, 0.224, 0.225};
    return pictures.with(pictures.tensor().normalise(mean, deviation));
  }

  /** Refuses no taps at all, or one twice. */
  static void requireTaps(List<String> taps) {
    if (taps.isEmpty()) {
      throw new IllegalArgumentException("no layer is named whose features are compared");
    }
    for (String tap : taps) {
      if (taps.indexOf(tap) != taps.lastIndexOf(tap)) {
        throw new IllegalArgumentException("the layer " + tap + " is named twice");
      }
    }
  }

  /** The smallest side of a picture that reaches the last tap, in pixels. */
  int smallestSide();
}
