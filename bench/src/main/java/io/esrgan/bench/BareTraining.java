package io.esrgan.bench;

import io.esrgan.data.Batch;
import io.esrgan.weights.RrdbConfig;
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
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The bare loop with gradients: forward, backward, and libtorch's own Adam on one flat tensor that
 * all weights are float32 views of. Weights are converted for each convolution.
 *
 * <p>Its tensors belong to the {@link PointerScope} that was open when it was made.
 */
final class BareTraining {
  private final Format format;
  private final BareNetwork network;
  private final Map<String, Tensor> views = new HashMap<>();
  private final Tensor gradient; // (total)
  private final Adam adam;

  BareTraining(RrdbConfig config, StateDict weights, Format format, double rate) {
    this.format = format;
    this.network = new BareNetwork(config, name -> views.get(name).to(format.type()));
    long total = weights.weights().values().stream().mapToLong(Weight::size).sum();
    Tensor flat = torch.zeros(total); // (total)
    gradient = torch.zeros(total);
    flat.mutable_grad().put(gradient);
    long offset = 0;
    for (Map.Entry<String, Weight> entry : weights.weights().entrySet()) {
      Weight weight = entry.getValue();
      Tensor view = view(flat, offset, weight.shape());
      try (NoGradGuard none = new NoGradGuard()) {
        view.copy_(Format.planar(weight.floats(), weight.shape()));
      }
      view.set_requires_grad(true);
      view.mutable_grad().put(view(gradient, offset, weight.shape()));
      views.put(entry.getKey(), view);
      offset += weight.size();
    }
    adam = new Adam(new TensorVector(flat), new AdamOptions(rate));
  }

  private Tensor view(Tensor flat, long offset, long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    int[] fastestFirst =
        shape.length == 4
            ? (format.channelsLast() ? new int[] {1, 3, 2, 0} : new int[] {3, 2, 1, 0})
            : new int[] {0};
    for (int dimension : fastestFirst) {
      strides[dimension] = stride;
      stride *= shape[dimension];
    }
    return torch.as_strided(flat, shape, strides, new LongOptional(offset));
  }

  /** Learns from one batch; its mean absolute difference before that. */
  double run(Batch batch) {
    try (PointerScope scope = new PointerScope();
        Tensor fake = network.forward(format.of(Format.planar(batch.low(), batch.lowShape())))) {
      Tensor high = Format.planar(batch.high(), batch.highShape());
      Tensor loss = torch.l1_loss(fake.to(ScalarType.Float), high);
      loss.backward();
      adam.step();
      gradient.zero_();
      return loss.item().toDouble();
    }
  }
}
