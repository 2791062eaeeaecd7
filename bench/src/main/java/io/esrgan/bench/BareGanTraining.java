package io.esrgan.bench;

import io.esrgan.data.Batch;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The bare loop of the paper's GAN stage (Wang et al. 2018, equations 1 to 3): the generator first,
 * against a discriminator that is held, then the discriminator on the same pictures.
 *
 * <p>Its networks' tensors belong to the {@link PointerScope} that was open when they were made.
 */
final class BareGanTraining implements BareStep {
  private static final double ETA = 1e-2; // weight of the mean absolute difference
  private static final double LAMBDA = 5e-3; // of what the discriminator thinks

  private final Format format;
  private final BareNetwork generator;
  private final BareParameters generated;
  private final BareDiscriminator discriminator;
  private final BareParameters judged;
  private final BareVgg19 vgg;

  /**
   * @param generated the generator's weights
   * @param judged the discriminator's weights
   */
  BareGanTraining(
      Format format,
      BareNetwork generator,
      BareParameters generated,
      BareDiscriminator discriminator,
      BareParameters judged,
      BareVgg19 vgg) {
    this.format = format;
    this.generator = generator;
    this.generated = generated;
    this.discriminator = discriminator;
    this.judged = judged;
    this.vgg = vgg;
  }

  @Override
  public Map<String, Double> run(Batch batch) {
    try (PointerScope scope = new PointerScope();
        Tensor fake = generator.forward(format.of(Format.planar(batch.low(), batch.lowShape())))) {
      Tensor target = Format.planar(batch.high(), batch.highShape());
      Tensor real = format.of(target);
      Map<String, Double> losses = new HashMap<>(learnToGenerate(fake, real, target));
      losses.put("discriminator", learnToJudge(fake.detach(), real));
      return losses;
    }
  }

  private Map<String, Double> learnToGenerate(Tensor fake, Tensor real, Tensor target) {
    try (PointerScope scope = new PointerScope();
        Tensor made = vgg.features(fake);
        Tensor wanted = vgg.features(real);
        Tensor realLogits = discriminator.held(real);
        Tensor fakeLogits = discriminator.held(fake)) {
      Tensor pixels = torch.l1_loss(fake.to(ScalarType.Float), target);
      Tensor perceptual = torch.l1_loss(made.to(ScalarType.Float), wanted.to(ScalarType.Float));
      Tensor moreReal = asFake(realLogits.sub(fakeLogits.mean()));
      Tensor lessReal = asReal(fakeLogits.sub(realLogits.mean()));
      Tensor adversity = moreReal.add(lessReal).mul(new Scalar(0.5));
      pixels.mul(new Scalar(ETA)).add(perceptual).add(adversity.mul(new Scalar(LAMBDA))).backward();
      generated.step();
      return Map.of(
          "l1", pixels.item().toDouble(),
          "perceptual", perceptual.item().toDouble(),
          "adversarial", adversity.item().toDouble());
    }
  }

  private double learnToJudge(Tensor fake, Tensor real) {
    try (PointerScope scope = new PointerScope();
        Tensor realLogits = discriminator.learning(real);
        Tensor fakeLogits = discriminator.learning(fake)) {
      Tensor moreReal = asReal(realLogits.sub(fakeLogits.mean()));
      Tensor lessReal = asFake(fakeLogits.sub(realLogits.mean()));
      Tensor loss = moreReal.add(lessReal).mul(new Scalar(0.5));
      loss.backward();
      judged.step();
      return loss.item().toDouble();
    }
  }

  private static Tensor asReal(Tensor logits) {
    return torch.binary_cross_entropy_with_logits(logits, torch.ones_like(logits));
  }

  private static Tensor asFake(Tensor logits) {
    return torch.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits));
  }
}
