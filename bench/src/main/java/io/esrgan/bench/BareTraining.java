package io.esrgan.bench;

import io.esrgan.data.Batch;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The bare loop of the PSNR-oriented stage: forward, backward, Adam. Weights are converted for each
 * convolution.
 *
 * <p>Its tensors belong to the {@link PointerScope} that was open when it was made.
 */
final class BareTraining implements BareStep {
  private final Format format;
  private final BareParameters parameters;
  private final BareNetwork network;

  BareTraining(RrdbConfig config, StateDict weights, Format format, double rate) {
    this.format = format;
    this.parameters = new BareParameters(weights, format, rate);
    this.network = new BareNetwork(config, parameters::learning);
  }

  @Override
  public Map<String, Double> run(Batch batch) {
    try (PointerScope scope = new PointerScope();
        Tensor fake = network.forward(format.of(Format.planar(batch.low(), batch.lowShape())))) {
      Tensor high = Format.planar(batch.high(), batch.highShape());
      Tensor loss = torch.l1_loss(fake.to(ScalarType.Float), high);
      loss.backward();
      parameters.step();
      return Map.of("l1", loss.item().toDouble());
    }
  }
}
