package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.loss.AdversarialLoss;
import io.esrgan.model.Discriminator;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.nn.Numbers;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One step of the GAN stage: the generator against {@code L_percep + lambda L_G + eta L_1}, then
 * the discriminator on the same pictures.
 *
 * <p>Wang et al. 2018, section 3.4, equation 3. The discriminator judges real and generated
 * pictures in batches of their own, so that each is normalised by its own statistics. Both networks
 * change at the end, and only if every number was finite and accepted; otherwise neither does.
 */
final class GanStep implements Step {
  static final String OPPONENT = "discriminator"; // its loss and its gradient's norm

  private final Network network;
  private final Learner generator;
  private final Discriminator judge;
  private final Learner discriminator;
  private final PictureLosses losses;
  private final AdversarialLoss adversarial;
  private final double weight; // of the adversarial loss in the generator's
  private final double rateFactor; // the discriminator's learning rate over the generator's
  private final Device device;
  private final Precision precision;

  GanStep(
      Network network,
      Learner generator,
      Discriminator judge,
      Learner discriminator,
      PictureLosses losses,
      AdversarialLoss adversarial,
      double weight,
      double rateFactor,
      Device device,
      Precision precision) {
    this.network = network;
    this.generator = generator;
    this.judge = judge;
    this.discriminator = discriminator;
    this.losses = losses;
    this.adversarial = adversarial;
    this.weight = weight;
    this.rateFactor = rateFactor;
    this.device = device;
    this.precision = precision;
  }

  @Override
  public Losses run(List<Batch> batches, double rate, Predicate<Losses> accepted) {
    try (Scope scope = Scope.open()) {
      Tally tally = new Tally(device, batches.size());
      Tensor generatorBefore = generator.parameters().measured().copy();
      Tensor discriminatorBefore = discriminator.parameters().measured().copy();
      double share = 1.0 / batches.size();
      List<Pictures> pictures = new ArrayList<>();
      List<Tensor> fakes = new ArrayList<>();
      for (Batch batch : batches) {
        Pictures real = Pictures.of(batch, device, precision);
        pictures.add(real);
        fakes.add(learnToGenerate(real, share, tally));
      }
      for (int i = 0; i < batches.size(); i++) {
        learnToJudge(pictures.get(i).high(), fakes.get(i), share, tally);
      }
      double norm = generator.gradientNorm();
      double judgeNorm = discriminator.gradientNorm();
      Losses measured =
          new Losses(
              tally.means(), Map.of(generator.name(), norm, discriminator.name(), judgeNorm));
      if (measured.areFinite() && accepted.test(measured)) {
        generator.update(rate, norm);
        discriminator.update(rate * rateFactor, judgeNorm);
      } else {
        generator.forget(generatorBefore);
        discriminator.forget(discriminatorBefore);
      }
      return measured;
    }
  }

  /** Gathers the generator's gradient; returns its pictures, without gradient. */
  private Tensor learnToGenerate(Pictures real, double share, Tally tally) {
    try (Scope scope = Scope.open()) {
      Live input = new Live(real.low(), generator.parameters().learning(precision));
      Tensor fake = ((Live) network.forward(input)).tensor(); // (n, c, scale h, scale w)

      Numbers held = discriminator.parameters().held(precision);
      Tensor realLogits;
      try (Gradients none = Gradients.off()) {
        realLogits = judge.logits(new Live(real.high(), held));
      }
      Tensor fakeLogits = judge.logits(new Live(fake, held));

      Tensor adversity = adversarial.generator(realLogits, fakeLogits);
      tally.add(Words.of(LossKind.ADVERSARIAL), adversity);
      Tensor loss = losses.of(fake, real.aim(), real.target(), tally).plus(adversity.times(weight));
      loss.times(share).backward();
      return scope.keep(fake.copy());
    }
  }

  /** Gathers the discriminator's gradient. */
  private void learnToJudge(Tensor real, Tensor fake, double share, Tally tally) {
    try (Scope scope = Scope.open()) {
      Numbers learning = discriminator.parameters().learning(precision);
      Tensor realLogits = judge.logits(new Live(real, learning));
      Tensor fakeLogits = judge.logits(new Live(fake, learning));
      Tensor loss = adversarial.discriminator(realLogits, fakeLogits);
      tally.add(OPPONENT, loss);
      tally.add("real", realLogits.mean());
      tally.add("fake", fakeLogits.mean());
      loss.times(share).backward();
    }
  }
}
