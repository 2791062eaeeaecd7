package io.esrgan.bench;

import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.model.RrdbNet;
import io.esrgan.model.Vgg19;
import io.esrgan.model.VggDiscriminator;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.train.Step;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.VggDiscriminatorConfig;
import java.util.List;

/**
 * The paper's GAN stage: generator, VGG-style discriminator, and features of a VGG19 with drawn
 * weights.
 *
 * @param config of the generator
 * @param judge of the discriminator
 * @param width output channels of the feature network's first block
 */
record GanStage(RrdbConfig config, VggDiscriminatorConfig judge, int width)
    implements TrainingStage {

  /** One with the paper's discriminator and features. */
  static GanStage paper(RrdbConfig config, int crop) {
    VggDiscriminatorConfig judge = new VggDiscriminatorConfig(3, 4 * crop, 64, false);
    return new GanStage(config, judge, DrawnFeatures.WIDTH);
  }

  @Override
  public Rivals rivals(Format format) {
    RrdbNet generator = new RrdbNet(config);
    FlatParameters generated = PsnrStage.first(generator);
    VggDiscriminator discriminator = new VggDiscriminator(judge);
    FlatParameters judged = FlatParameters.trainable(discriminator, Device.CPU);
    judged.initialise(Initialisation.HE, 2);
    Vgg19 vgg = DrawnFeatures.vgg19(width, List.of("conv5_4"));
    StateDict seen = DrawnFeatures.weights(vgg);
    return new Rivals(
        bare(format, generated.toStateDict(), judged.toStateDict(), seen),
        Step.gan(
            generator,
            generated,
            discriminator,
            judged,
            perceptual(vgg, seen, format),
            new RelativisticAverageGan(RelativisticAverageGan.Form.PAPER),
            ADAM,
            Device.CPU,
            format.precision()));
  }

  private BareStep bare(
      Format format, StateDict generator, StateDict discriminator, StateDict vgg) {
    BareParameters generated = new BareParameters(generator, format, RATE);
    BareParameters judged = new BareParameters(discriminator, format, RATE);
    return new BareGanTraining(
        format,
        new BareNetwork(config, generated::learning),
        generated,
        new BareDiscriminator(judge, judged),
        judged,
        new BareVgg19(vgg, format));
  }

  private static PerceptualLoss perceptual(Vgg19 vgg, StateDict weights, Format format) {
    FlatParameters parameters = FlatParameters.frozen(vgg, Device.CPU);
    parameters.load(weights);
    return new PerceptualLoss(
        vgg, parameters.held(format.precision()), List.of(1.0), PixelLoss.L1, FeatureScale.NONE);
  }

  /** Layer after layer normalised by a small batch makes more of the same rounding. */
  @Override
  public double tolerance(Precision precision) {
    return precision == Precision.FLOAT32 ? 2e-4 : 2 * Agreement.tolerance(precision);
  }

  @Override
  public String ourName() {
    return "Step.gan";
  }

  @Override
  public String networks() {
    return "nf %d, gc %d, nb %d, a VGG discriminator of %d, VGG19's conv5_4 of %d (drawn weights)"
        .formatted(config.features(), config.growth(), config.blocks(), judge.features(), width);
  }

  @Override
  public double multiplications() {
    double generator = new PsnrStage(config, judge.side() / 4).multiplications();
    // For the generator real pictures forward, generated ones forward and back to their pixels;
    // for itself the discriminator both of them forward, back to pixels and back to weights.
    return generator + (3 + 6) * discriminating() + 3 * seeing();
  }

  private double discriminating() {
    double sum = 0;
    for (Parameter weight : convolutions(new VggDiscriminator(judge).parameters())) {
      int stage = Character.digit(weight.name().charAt("conv".length()), 10);
      int part = Character.digit(weight.name().charAt("conv0_".length()), 10);
      sum += (double) weight.count() * square(judge.side() >> (stage + part));
    }
    return sum;
  }

  private double seeing() {
    List<Parameter> weights =
        convolutions(DrawnFeatures.vgg19(width, List.of("conv5_4")).parameters());
    double sum = 0;
    int next = 0;
    for (int block = 0; block < DrawnFeatures.CONVOLUTIONS.length; block++) {
      for (int i = 0; i < DrawnFeatures.CONVOLUTIONS[block]; i++) {
        sum += (double) weights.get(next++).count() * square(judge.side() >> block);
      }
    }
    return sum;
  }

  private static List<Parameter> convolutions(List<Parameter> parameters) {
    return parameters.stream().filter(parameter -> parameter.shape().length == 4).toList();
  }

  private static double square(int side) {
    return (double) side * side;
  }
}
