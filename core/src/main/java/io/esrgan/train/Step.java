package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.loss.AdversarialLoss;
import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.model.Discriminator;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a stage does with a batch; the stages differ by their step and by nothing else.
 *
 * <p>{@link Trainer} runs whole stages. A step alone is for measuring, and for loops of one's own.
 */
public interface Step {

  /**
   * Learns from batches whose gradients are averaged, which costs the memory of one.
   *
   * @param batches of one size, at least one
   * @param rate the learning rate
   * @param accepted whether a step that measured this may change the weights; not asked where a
   *     number is not finite
   */
  Losses run(List<Batch> batches, double rate, Predicate<Losses> accepted);

  /** Learns from one batch. */
  default Losses run(Batch batch, double rate) {
    return run(List.of(batch), rate, losses -> true);
  }

  /**
   * The step of a recipe's stage, from the stage's first weights: what {@link Trainer} does with a
   * batch, the moving average included. Its tensors belong to the scope that is open now.
   *
   * @throws IOException if weights that the recipe names cannot be read
   */
  static Step of(Recipe recipe) throws IOException {
    Stage stage = new Stage(recipe);
    stage.begin();
    return stage::step;
  }

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
      OptimizerSection optimizer,
      double weight,
      Device device,
      Precision precision) {
    Learner learner = new Learner("generator", parameters, optimizer, device);
    return new PsnrStep(generator, learner, l1(weight, List.of()), device, precision);
  }

  /**
   * The step of the paper's GAN stage: a perceptual loss with the weight 1, the relativistic
   * average GAN or another with 5e-3, the mean absolute difference with 1e-2. Its optimisers' state
   * belongs to the scope that is open now.
   *
   * @param generator the network to train
   * @param generatorNumbers its numbers, trainable, on {@code device}
   * @param discriminator its opponent, which is trained too
   * @param discriminatorNumbers likewise
   */
  static Step gan(
      Network generator,
      FlatParameters generatorNumbers,
      Discriminator discriminator,
      FlatParameters discriminatorNumbers,
      PerceptualLoss perceptual,
      AdversarialLoss adversarial,
      OptimizerSection optimizer,
      Device device,
      Precision precision) {
    return new GanStep(
        generator,
        new Learner("generator", generatorNumbers, optimizer, device),
        new Opponent(
            discriminator,
            new Learner("discriminator", discriminatorNumbers, optimizer, device),
            1,
            new Balance(1)),
        l1(1e-2, List.of(new PictureLosses.Term<>(LossKind.PERCEPTUAL, perceptual, 1))),
        adversarial,
        5e-3,
        device,
        precision);
  }

  private static PictureLosses l1(
      double weight, List<PictureLosses.Term<PerceptualLoss>> features) {
    return new PictureLosses(
        List.of(new PictureLosses.Term<>(LossKind.L1, PixelLoss.L1, weight)), features);
  }
}
