package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.loss.PixelLoss;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.Map;

/**
 * One step of the PSNR-oriented stage: the generator alone, against the mean absolute difference.
 *
 * <p>Wang et al. 2018, section 4.1. Weights, gradients and optimiser are float32; feature maps have
 * the precision given.
 */
final class PsnrStep implements Step {
  private final Network generator;
  private final FlatParameters parameters;
  private final Adam adam;
  private final double weight; // of the loss
  private final Device device;
  private final Precision precision;

  PsnrStep(
      Network generator,
      FlatParameters parameters,
      Adam adam,
      double weight,
      Device device,
      Precision precision) {
    this.generator = generator;
    this.parameters = parameters;
    this.adam = adam;
    this.weight = weight;
    this.device = device;
    this.precision = precision;
  }

  @Override
  public Losses run(Batch batch, double rate) {
    try (Scope scope = Scope.open()) {
      Tensor low = Tensor.of(batch.low(), batch.lowShape()).to(device).to(precision).channelsLast();
      Tensor high =
          Tensor.of(batch.high(), batch.highShape()).to(device); // (n, c, scale h, scale w)

      Live input = new Live(low, parameters.learning(precision));
      Tensor fake = ((Live) generator.forward(input)).tensor().to(Precision.FLOAT32);
      Tensor loss = PixelLoss.L1.of(fake, high);
      loss.times(weight).backward();
      Tensor norm = parameters.gradient().norm();
      adam.step(rate);
      return new Losses(Map.of("l1", loss.item()), norm.item());
    }
  }
}
