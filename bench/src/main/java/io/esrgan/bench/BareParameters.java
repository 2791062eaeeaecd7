package io.esrgan.bench;

import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What a bare loop trains: float32 views of one flat tensor, of which libtorch's own Adam makes
 * steps. What batch normalisation measures lies beside it.
 *
 * <p>Its tensors belong to the {@link PointerScope} that was open when it was made.
 */
final class BareParameters {
  private final Format format;
  private final Map<String, Tensor> numbers = new HashMap<>();
  private final Tensor gradient; // (total)
  private final Adam adam;

  BareParameters(StateDict weights, Format format, double rate) {
    this.format = format;
    long total =
        weights.weights().entrySet().stream()
            .filter(entry -> isTrained(entry.getKey()))
            .mapToLong(entry -> entry.getValue().size())
            .sum();
    Tensor flat = torch.zeros(total); // (total)
    gradient = torch.zeros(total);
    flat.mutable_grad().put(gradient);
    long offset = 0;
    for (Map.Entry<String, Weight> entry : weights.weights().entrySet()) {
      Weight weight = entry.getValue();
      Tensor values = Format.planar(weight.floats(), weight.shape());
      if (!isTrained(entry.getKey())) {
        numbers.put(entry.getKey(), values);
        continue;
      }
      Tensor view = view(flat, offset, weight.shape());
      try (NoGradGuard none = new NoGradGuard()) {
        view.copy_(values);
      }
      view.set_requires_grad(true);
      view.mutable_grad().put(view(gradient, offset, weight.shape()));
      numbers.put(entry.getKey(), view);
      offset += weight.size();
    }
    adam = new Adam(new TensorVector(flat), new AdamOptions(rate));
  }

  private static boolean isTrained(String name) {
    return !name.endsWith(".running_mean") && !name.endsWith(".running_var");
  }

  private Tensor view(Tensor flat, long offset, long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int dimension : fastestFirst(shape.length)) {
      strides[dimension] = stride;
      stride *= shape[dimension];
    }
    return torch.as_strided(flat, shape, strides, new LongOptional(offset));
  }

  private int[] fastestFirst(int dimensions) {
    return switch (dimensions) {
      case 4 -> format.channelsLast() ? new int[] {1, 3, 2, 0} : new int[] {3, 2, 1, 0};
      case 2 -> new int[] {1, 0};
      default -> new int[] {0};
    };
  }

  /** A weight or bias as the feature maps are, from which gradients reach the float32 numbers. */
  Tensor learning(String name) {
    return exact(name).to(format.type());
  }

  /** The same without gradient. */
  Tensor held(String name) {
    return exact(name).detach().to(format.type());
  }

  /** The float32 numbers themselves. */
  Tensor exact(String name) {
    return numbers.get(name);
  }

  /** One step against the gathered gradient, which is set to zero afterwards. */
  void step() {
    adam.step();
    gradient.zero_();
  }
}
