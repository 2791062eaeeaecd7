package io.esrgan.bench;

import io.esrgan.weights.StateDict;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * VGG19 to its layer conv5_4 before activation, as a plain loop under torchvision's names. Its
 * weights are converted once and have no gradients.
 *
 * <p>Rectifiers work in place. What a block allocates is freed at its end. Its tensors belong to
 * the {@link PointerScope} that was open when it was made; one that a method returns is its
 * caller's to close.
 */
final class BareVgg19 {
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f}; // of ImageNet
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private final Map<String, Tensor> numbers = new HashMap<>();
  private final Tensor mean; // (1, 3, 1, 1)
  private final Tensor deviation; // (1, 3, 1, 1)

  BareVgg19(StateDict weights, Format format) {
    mean = format.of(Format.planar(MEAN, 1, MEAN.length, 1, 1));
    deviation = format.of(Format.planar(DEVIATION, 1, DEVIATION.length, 1, 1));
    weights
        .weights()
        .forEach(
            (name, weight) ->
                numbers.put(name, format.of(Format.planar(weight.floats(), weight.shape()))));
  }

  Tensor features(Tensor pictures) { // (n, 3, h, w) → (n, 512, h / 16, w / 16)
    try (PointerScope scope = new PointerScope()) {
      Tensor x = pictures.sub(mean).div(deviation);
      int number = 0;
      for (int block = 0; block < DrawnFeatures.CONVOLUTIONS.length; block++) {
        int convolutions = DrawnFeatures.CONVOLUTIONS[block];
        boolean last = block == DrawnFeatures.CONVOLUTIONS.length - 1;
        Tensor before = x;
        x = block(number, convolutions, last, before);
        before.close();
        number += 2 * convolutions + 1;
      }
      return x;
    }
  }

  /** Convolutions from a number on; the last block ends before its rectifier and its pooling. */
  private Tensor block(int first, int convolutions, boolean last, Tensor input) {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = input;
      for (int i = 0; i < convolutions; i++) {
        String name = "features." + (first + 2 * i);
        TensorOptional bias = new TensorOptional(numbers.get(name + ".bias"));
        x = Convolution.of(x, numbers.get(name + ".weight"), bias, 1);
        if (!last || i + 1 < convolutions) {
          torch.relu_(x);
        }
      }
      Tensor result = last ? x : torch.max_pool2d(x, 2, 2);
      result.retainReference();
      return result;
    }
  }
}
