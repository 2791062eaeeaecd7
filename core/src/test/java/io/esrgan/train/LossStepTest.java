package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Answers;
import io.esrgan.data.Batch;
import io.esrgan.loss.FeatureDistance;
import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.StandardGan;
import io.esrgan.loss.TextureDistance;
import io.esrgan.model.RrdbNet;
import io.esrgan.model.TrainedFeatures;
import io.esrgan.model.UnetDiscriminator;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One step with the losses of each compared system, against the same step in PyTorch. */
class LossStepTest {
  private static final double TOLERANCE = 1e-5;
  private static final double RATE = 0.01;

  /** With so large an epsilon that a step follows the gradient's length. */
  private static final OptimizerSection ADAM =
      new OptimizerSection(new OptimizerSection.Adam(0.9, 0.999, 1e-2), 1, 0, Map.of());

  private final Answers answers = Answers.of("steps");
  private final StateDict vgg = Answers.of("features").weights().under("vgg19.");

  LossStepTest() throws IOException {}

  @Test
  void meanSquaredError() throws IOException {
    compare("mse", 0, LossKind.MSE);
  }

  @Test
  void textureAlone() throws IOException {
    compare("texture", 0, LossKind.TEXTURE);
  }

  @Test
  void featuresAfterActivationAndTheStandardGanOfSrgan() throws IOException {
    compare("srgan", 0.1, LossKind.MSE, LossKind.PERCEPTUAL);
  }

  @Test
  void featuresTexturesAndTheStandardGanOfEnhanceNet() throws IOException {
    compare("enhancenet", 1, LossKind.PERCEPTUAL, LossKind.TEXTURE);
  }

  @Test
  void fiveLayersOfFeaturesAndTheUnetOfRealEsrgan() throws IOException {
    compare("realesrgan", 0.1, LossKind.L1, LossKind.PERCEPTUAL);
  }

  private void compare(String system, double adversarial, LossKind... kinds) throws IOException {
    try (Scope scope = Scope.open()) {
      RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 4, 2, 1, 4, 1, false));
      Learner generator = learner("generator", network, answers.weights().under("generator."));
      UnetDiscriminator judge = new UnetDiscriminator(3, 2);
      Learner opponent =
          learner(
              "discriminator",
              judge,
              Weights.readDiscriminator(Answers.file("unet.zip.pth")).weights());
      PictureLosses losses = losses(system, List.of(kinds));
      Step step =
          adversarial == 0
              ? new PsnrStep(network, generator, losses, Device.CPU, Precision.FLOAT32)
              : new GanStep(
                  network,
                  generator,
                  new Opponent(judge, opponent, 1, new Balance(1)),
                  losses,
                  new StandardGan(),
                  adversarial,
                  Device.CPU,
                  Precision.FLOAT32);
      Losses measured = step.run(batch(system.equals("realesrgan") ? "wide." : ""), RATE);

      Map<String, Double> values = new HashMap<>(measured.values());
      values.put("norm", measured.gradientNorms().get("generator"));
      values.keySet().removeAll(List.of("real", "fake")); // told, not minimised
      if (!List.of(kinds).contains(LossKind.L1)) {
        values.remove("l1");
      }
      assertThat(values).hasSize(1 + kinds.length + (adversarial == 0 ? 0 : 2));
      values.forEach(
          (name, value) -> {
            double expected = answers.weights().get(system + "." + name).floats()[0];
            assertThat(value).as(name).isCloseTo(expected, within(TOLERANCE * expected));
          });
      StateDict after = answers.weights().under(system + ".after.");
      for (String name : after.names()) {
        Learner changed = name.startsWith("conv9") ? opponent : generator;
        float[] mine = changed.parameters().toStateDict().get(name).floats();
        answers.expect(system + ".after." + name, mine, TOLERANCE);
      }
    }
  }

  private static Learner learner(String name, Parameterised network, StateDict weights) {
    Learner learner = new Learner(name, network, ADAM, Device.CPU);
    learner.parameters().load(weights);
    return learner;
  }

  private PictureLosses losses(String system, List<LossKind> kinds) {
    List<PictureLosses.Term<PixelLoss>> pixels = new ArrayList<>();
    List<PictureLosses.Term<PerceptualLoss>> features = new ArrayList<>();
    for (LossKind kind : kinds) {
      if (kind.ofPixels().isPresent()) {
        pixels.add(new PictureLosses.Term<>(kind, kind.ofPixels().get(), 1));
      } else {
        double weight = system.equals("srgan") ? 1e5 : 1; // or so narrow a network would not tell
        features.add(new PictureLosses.Term<>(kind, featureLoss(system, kind), weight));
      }
    }
    return new PictureLosses(pixels, features);
  }

  private PerceptualLoss featureLoss(String system, LossKind kind) {
    FeatureScale unitMean = new FeatureScale(1, true);
    if (kind == LossKind.TEXTURE) {
      List<String> taps = List.of("relu1_1", "relu2_1", "relu3_1");
      return featureLoss(taps, List.of(3e-7, 1e-6, 1e-6), new TextureDistance(16), unitMean);
    }
    if (system.equals("srgan")) {
      FeatureScale scale = new FeatureScale(12.75, false);
      return featureLoss(List.of("relu5_4"), List.of(1.0), PixelLoss.MSE, scale);
    }
    if (system.equals("realesrgan")) {
      List<String> taps = List.of("conv1_2", "conv2_2", "conv3_4", "conv4_4", "conv5_4");
      return featureLoss(taps, List.of(0.1, 0.1, 1.0, 1.0, 1.0), PixelLoss.L1, FeatureScale.NONE);
    }
    return featureLoss(List.of("pool2", "pool5"), List.of(0.2, 0.02), PixelLoss.MSE, unitMean);
  }

  private PerceptualLoss featureLoss(
      List<String> taps, List<Double> weights, FeatureDistance distance, FeatureScale scale) {
    TrainedFeatures trained = TrainedFeatures.of(vgg, taps);
    FlatParameters numbers = FlatParameters.frozen(trained.network(), Device.CPU);
    numbers.load(trained.weights());
    return new PerceptualLoss(
        trained.network(), numbers.held(Precision.FLOAT32), weights, distance, scale);
  }

  private Batch batch(String size) {
    Weight low = answers.weights().get(size + "low"); // (n, c, h, w)
    float[] high = answers.weights().get(size + "high").floats();
    return new Batch(0, (int) low.extent(0), 3, (int) low.extent(3), 4, low.floats(), high);
  }
}
