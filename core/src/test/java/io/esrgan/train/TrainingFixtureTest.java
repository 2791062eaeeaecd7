package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.data.Batch;
import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.model.Discriminator;
import io.esrgan.model.RrdbNet;
import io.esrgan.model.TrainedFeatures;
import io.esrgan.model.VggDiscriminator;
import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.VggDiscriminatorConfig;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A PSNR stage of three steps, then a GAN stage of three, against the same steps in PyTorch. */
class TrainingFixtureTest {
  private static final RrdbConfig GENERATOR = new RrdbConfig(3, 3, 16, 8, 1, 4, 1, false);
  private static final OptimizerSection ADAM = OptimizerSection.adam(0.9, 0.999);
  private static final int GAN_STEPS = 3;

  private final StateDict start = Weights.read(Fixtures.fixture("training-start.safetensors"));
  private final StateDict end = Weights.read(Fixtures.fixture("training-end.safetensors"));

  TrainingFixtureTest() throws IOException {}

  @Test
  void threeStepsOfThePsnrStageAreThoseOfPyTorch() throws IOException {
    float[] expectedLosses = end.get("psnr.l1").floats();
    RrdbNet generator = new RrdbNet(GENERATOR);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(generator, Device.CPU);
      parameters.load(start.under("generator."));
      Step step = psnr(generator, parameters, 1);
      for (int i = 0; i < expectedLosses.length; i++) {
        Losses losses = step.run(batch(start, i), 2e-4);
        assertThat(losses.values().get("l1")).isCloseTo(expectedLosses[i], within(1e-5));
      }
      compareWeights(parameters.toStateDict(), end.under("after-psnr."));
    }
  }

  @Test
  void threeStepsOfThePapersGanStageAreThoseOfPyTorch() throws IOException {
    try (Scope scope = Scope.open()) {
      GanRun run = new GanRun(RelativisticAverageGan.Form.PAPER);
      for (int i = 0; i < GAN_STEPS; i++) {
        Losses losses = run.step(i);
        for (String name : List.of("l1", "perceptual", "adversarial", "discriminator")) {
          double expected = end.get("gan." + name).floats()[i];
          assertThat(losses.values().get(name))
              .as("%s in step %d", name, i)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected)));
        }
      }
      compareWeights(run.generator.toStateDict(), end.under("after-gan."));
      compareWeights(run.discriminator.toStateDict(), withoutCounters("after-gan-discriminator."));
    }
  }

  @Test
  void theLaterFormOfTheLossTrainsAnotherDiscriminator() throws IOException {
    try (Scope scope = Scope.open()) {
      GanRun run = new GanRun(RelativisticAverageGan.Form.BASICSR);
      double before = end.get("gan.discriminator").floats()[0];
      assertThat(run.step(0).values().get("discriminator")).isCloseTo(before, within(1e-3));
      run.step(1);
      run.step(2);
      StateDict paper = withoutCounters("after-gan-discriminator.");
      float[] mine = run.discriminator.toStateDict().get("linear1.weight").floats();
      float[] theirs = paper.get("linear1.weight").floats();
      int apart = 0;
      for (int i = 0; i < mine.length; i++) {
        apart += Math.abs(mine[i] - theirs[i]) > 1e-5f ? 1 : 0;
      }
      assertThat((double) apart / mine.length).isGreaterThan(0.02);
    }
  }

  /** The GAN stage of the fixture, from the weights that PyTorch's PSNR stage ended with. */
  private final class GanRun {
    private final FlatParameters generator;
    private final FlatParameters discriminator;
    private final Step step;

    GanRun(RelativisticAverageGan.Form form) {
      RrdbNet network = new RrdbNet(GENERATOR);
      generator = FlatParameters.trainable(network, Device.CPU);
      generator.load(end.under("after-psnr."));
      Discriminator judge = new VggDiscriminator(new VggDiscriminatorConfig(3, 128, 8, false));
      discriminator = FlatParameters.trainable(judge, Device.CPU);
      discriminator.load(without("num_batches_tracked", start.under("discriminator.")));
      TrainedFeatures vgg = TrainedFeatures.of(start.under("vgg19."), List.of("conv5_4"));
      FlatParameters features = FlatParameters.frozen(vgg.network(), Device.CPU);
      features.load(vgg.weights());
      PerceptualLoss perceptual =
          new PerceptualLoss(
              vgg.network(),
              features.held(Precision.FLOAT32),
              List.of(1.0),
              PixelLoss.L1,
              FeatureScale.NONE);
      step =
          Step.gan(
              network,
              generator,
              judge,
              discriminator,
              perceptual,
              new RelativisticAverageGan(form),
              ADAM,
              Device.CPU,
              Precision.FLOAT32);
    }

    Losses step(int index) {
      return step.run(batch(start, GAN_STEPS + index), 1e-4);
    }
  }

  private StateDict withoutCounters(String prefix) {
    return without("num_batches_tracked", end.under(prefix));
  }

  private static StateDict without(String ending, StateDict state) {
    Map<String, Weight> kept = new LinkedHashMap<>(state.weights());
    kept.keySet().removeIf(name -> name.endsWith(ending));
    return StateDict.of(kept);
  }

  private static Step psnr(RrdbNet generator, FlatParameters parameters, double weight) {
    return Step.psnr(generator, parameters, ADAM, weight, Device.CPU, Precision.FLOAT32);
  }

  /**
   * Adam turns the sign of a tiny gradient into a whole step, so a few weights may be a step apart.
   */
  private static void compareWeights(StateDict actual, StateDict expected) {
    long all = 0;
    long close = 0;
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      float[] mine = actual.get(name).floats();
      float[] theirs = expected.get(name).floats();
      for (int i = 0; i < theirs.length; i++) {
        float difference = Math.abs(mine[i] - theirs[i]);
        assertThat(difference).as(name).isLessThan(5e-4f);
        all++;
        close += difference < 1e-5f ? 1 : 0;
      }
    }
    assertThat((double) close / all).isGreaterThan(0.98);
  }

  @Test
  void theWeightOfTheLossScalesItsGradient() {
    RrdbNet generator = new RrdbNet(GENERATOR);
    double[] norms = new double[2];
    for (int i = 0; i < 2; i++) {
      try (Scope scope = Scope.open()) {
        FlatParameters parameters = FlatParameters.trainable(generator, Device.CPU);
        parameters.load(start.under("generator."));
        Step step = psnr(generator, parameters, i == 0 ? 1 : 0.25);
        norms[i] = step.run(batch(start, 0), 2e-4).gradientNorms().get("generator");
      }
    }
    assertThat(norms[1]).isCloseTo(norms[0] / 4, within(1e-6 * norms[0]));
  }

  private static Batch batch(StateDict start, int index) {
    Weight low = start.get("low"); // (steps, n, c, h, w)
    Weight high = start.get("high");
    int size = (int) low.extent(1);
    int side = (int) low.extent(3);
    return new Batch(
        index,
        size,
        3,
        side,
        (int) (high.extent(3) / side),
        part(low.floats(), index, (int) low.extent(0)),
        part(high.floats(), index, (int) high.extent(0)));
  }

  private static float[] part(float[] values, int index, int parts) {
    int length = values.length / parts;
    return Arrays.copyOfRange(values, index * length, (index + 1) * length);
  }
}
