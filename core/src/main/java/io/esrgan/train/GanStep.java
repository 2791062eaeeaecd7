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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One step of the GAN stage: the generator against {@code L_percep + lambda L_G + eta L_1}, then
 * the discriminator on the same pictures.
 *
 * <p>Wang et al. 2018, section 3.4, equation 3. The discriminator judges real and generated
 * pictures in batches of their own, so that each is normalised by its own statistics. Both networks
 * change at the end, and only if every number was finite and accepted; otherwise neither does. A
 * discriminator that is too good for the generator waits: see {@link Balance}.
 */
final class GanStep implements Step {
  static final String OPPONENT = "discriminator"; // its loss and its gradient's norm
  static final String SHARE = "discriminator-steps"; // share of steps in which it learned

  private final Network network;
  private final Learner generator;
  private final Opponent opponent;
  private final Discriminator judge;
  private final Learner discriminator;
  private final PictureLosses losses;
  private final AdversarialLoss adversarial;
  private final double weight; // of the adversarial loss in the generator's
  private final Device device;
  private final Precision precision;

  GanStep(
      Network network,
      Learner generator,
      Opponent opponent,
      PictureLosses losses,
      AdversarialLoss adversarial,
      double weight,
      Device device,
      Precision precision) {
    this.network = network;
    this.generator = generator;
    this.opponent = opponent;
    this.judge = opponent.network();
    this.discriminator = opponent.learner();
    this.losses = losses;
    this.adversarial = adversarial;
    this.weight = weight;
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
      boolean learns = opponent.balance().learns();
      for (int i = 0; learns && i < batches.size(); i++) {
        learnToJudge(pictures.get(i).high(), fakes.get(i), share, tally);
      }
      Map<String, Double> norms = new LinkedHashMap<>();
      norms.put(generator.name(), generator.gradientNorm());
      if (learns) {
        norms.put(discriminator.name(), discriminator.gradientNorm());
      }
      Losses measured = new Losses(withShare(tally.means()), norms);
      if (measured.areFinite() && accepted.test(measured)) {
        generator.update(rate, norms.get(generator.name()));
        if (learns) {
          discriminator.update(rate * opponent.rateFactor(), norms.get(discriminator.name()));
        }
        opponent.balance().decide(measured.values());
      } else {
        generator.forget(generatorBefore);
        discriminator.forget(discriminatorBefore);
      }
      return measured;
    }
  }

  private Map<String, Double> withShare(Map<String, Double> means) {
    if (opponent.balance().isHeld()) {
      double learned = discriminator.updates() + (opponent.balance().learns() ? 1 : 0);
      means.put(SHARE, learned / (generator.updates() + 1));
    }
    return means;
  }

  /** Gathers the generator's gradient; returns its pictures, without gradient. */
  private Tensor learnToGenerate(Pictures real, double share, Tally tally) {
    try (Scope scope = Scope.open()) {
      Live input = new Live(real.low(), generator.parameters().learning(precision));
      Tensor fake = ((Live) network.forward(input)).tensor(); // (n, c, scale h, scale w)

      Numbers held = discriminator.parameters().held(precision);
      boolean looks = adversarial.isRelative() || opponent.balance().isHeld();
      Tensor realLogits = looks ? unlearned(real.high(), held) : null; // a passage saved
      Tensor fakeLogits = judge.logits(new Live(fake, held));

      Tensor adversity = adversarial.generator(realLogits, fakeLogits);
      tally.add(Words.of(LossKind.ADVERSARIAL), adversity);
      if (opponent.balance().isHeld()) {
        look(realLogits, fakeLogits, tally);
      }
      Tensor loss = losses.of(fake, real.aim(), real.target(), tally).plus(adversity.times(weight));
      loss.times(share).backward();
      return scope.keep(fake.copy());
    }
  }

  private Tensor unlearned(Tensor pictures, Numbers held) {
    try (Gradients none = Gradients.off()) {
      return judge.logits(new Live(pictures, held));
    }
  }

  /** How good the discriminator is at this step; its loss too, if it does not learn from it. */
  private void look(Tensor realLogits, Tensor fakeLogits, Tally tally) {
    try (Gradients none = Gradients.off()) {
      Balance.measure(realLogits, fakeLogits, tally);
      if (!opponent.balance().learns()) {
        note(adversarial.discriminator(realLogits, fakeLogits), realLogits, fakeLogits, tally);
      }
    }
  }

  private static void note(Tensor loss, Tensor realLogits, Tensor fakeLogits, Tally tally) {
    tally.add(OPPONENT, loss);
    tally.add("real", realLogits.mean());
    tally.add("fake", fakeLogits.mean());
  }

  /** Gathers the discriminator's gradient. */
  private void learnToJudge(Tensor real, Tensor fake, double share, Tally tally) {
    try (Scope scope = Scope.open()) {
      Numbers learning = discriminator.parameters().learning(precision);
      Tensor realLogits = judge.logits(new Live(real, learning));
      Tensor fakeLogits = judge.logits(new Live(fake, learning));
      Tensor loss = adversarial.discriminator(realLogits, fakeLogits);
      note(loss, realLogits, fakeLogits, tally);
      loss.times(share).backward();
    }
  }
}
