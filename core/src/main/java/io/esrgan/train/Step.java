package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;

/**
 * What a stage does with a batch; the stages differ by their step and by nothing else.
 *
 * <p>{@link Trainer} runs whole stages. A step alone is for measuring, and for loops of one's own.
 */
public interface Step {

  /** Learns from one batch at the given learning rate. */
  Losses run(Batch batch, double rate);

  /**
   * The step of the PSNR-oriented stage. Its optimiser's state belongs to the scope that is open
   * now.
   *
   * @param generator the network to train
   * @param parameters its numbers, trainable, on {@code device}
   * @param weight what the mean absolute difference is multiplied with
   * @param precision of the feature maps
   */
  static Step psnr(
      Network generator,
      FlatParameters parameters,
      Recipe.Optimizer optimizer,
      double weight,
      Device device,
      Precision precision) {
    Adam adam =
        new Adam(parameters, device, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
    return new PsnrStep(generator, parameters, adam, weight, device, precision);
  }
}
