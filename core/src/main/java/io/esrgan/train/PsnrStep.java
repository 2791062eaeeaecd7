package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One step of the PSNR-oriented stage: the generator alone, against the mean absolute difference.
 *
 * <p>Wang et al. 2018, section 4.1; other differences of pictures are possible. Weights, gradients
 * and optimiser are float32; feature maps have the precision given.
 */
final class PsnrStep implements Step {
  private final Network network;
  private final Learner generator;
  private final PictureLosses losses;
  private final Device device;
  private final Precision precision;

  PsnrStep(
      Network network,
      Learner generator,
      PictureLosses losses,
      Device device,
      Precision precision) {
    this.network = network;
    this.generator = generator;
    this.losses = losses;
    this.device = device;
    this.precision = precision;
  }

  @Override
  public Losses run(List<Batch> batches, double rate, Predicate<Losses> accepted) {
    try (Scope scope = Scope.open()) {
      Tally tally = new Tally(device, batches.size());
      Tensor before = generator.parameters().measured().copy();
      for (Batch batch : batches) {
        try (Scope memory = Scope.open()) { // of this batch's feature maps
          Pictures pictures = Pictures.of(batch, device, precision);
          Live input = new Live(pictures.low(), generator.parameters().learning(precision));
          Tensor fake = ((Live) network.forward(input)).tensor();
          Tensor loss = losses.of(fake, pictures.aim(), pictures.target(), tally);
          loss.times(1.0 / batches.size()).backward();
        }
      }
      double norm = generator.gradientNorm();
      Losses measured = new Losses(tally.means(), Map.of(generator.name(), norm));
      if (measured.areFinite() && accepted.test(measured)) {
        generator.update(rate, norm);
      } else {
        generator.forget(before);
      }
      return measured;
    }
  }
}
