package io.esrgan.bench;

import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The bare loop over one picture, without gradients, its weights converted once.
 *
 * <p>Its weights belong to the {@link PointerScope} that was open when it was made.
 */
final class BareInference {
  private final Format format;
  private final BareNetwork network;
  private final Map<String, Tensor> numbers = new HashMap<>();

  BareInference(RrdbConfig config, StateDict weights, Format format) {
    this.format = format;
    this.network = new BareNetwork(config, numbers::get);
    PointerScope enclosing = PointerScope.getInnerScope();
    weights
        .weights()
        .forEach(
            (name, weight) -> {
              try (PointerScope scope = new PointerScope()) {
                Tensor number = format.of(Format.planar(weight.floats(), weight.shape()));
                enclosing.attach(number);
                numbers.put(name, number);
              }
            });
  }

  /**
   * Runs the network once.
   *
   * @param low (1, c, h, w) float32, planar
   * @return (1, c, 4h, 4w) float32, the caller's to close
   */
  Tensor run(Tensor low) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard none = new NoGradGuard();
        Tensor high = network.forward(format.of(low))) {
      Tensor result = high.to(ScalarType.Float);
      result.retainReference();
      return result;
    }
  }
}
