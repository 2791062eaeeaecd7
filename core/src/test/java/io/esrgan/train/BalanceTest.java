package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.data.Batch;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.StandardGan;
import io.esrgan.model.RrdbNet;
import io.esrgan.model.UnetDiscriminator;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BalanceTest {
  private static final StandardGan GAN = new StandardGan();

  @Test
  void theDiscriminatorLearnsUntilItIsGoodOnBothKindsOfPictures() {
    Balance balance = new Balance(0.8);
    assertThat(balance.learns()).isTrue();
    balance.decide(Map.of(Balance.ON_REAL, 0.9, Balance.ON_FAKE, 0.7));
    assertThat(balance.learns()).isTrue();
    balance.decide(Map.of(Balance.ON_REAL, 0.9, Balance.ON_FAKE, 0.8));
    assertThat(balance.learns()).isFalse();
    balance.decide(Map.of(Balance.ON_REAL, 0.6, Balance.ON_FAKE, 0.9));
    assertThat(balance.learns()).isTrue();
  }

  @Test
  void withoutAThresholdNothingIsMeasuredAndItAlwaysLearns() {
    Balance balance = new Balance(1);
    balance.decide(Map.of());
    assertThat(balance.isHeld()).isFalse();
    assertThat(balance.learns()).isTrue();
  }

  @Test
  void oneThatWaitsIsJudgedAndKeepsItsWeightsWhileTheGeneratorLearns() throws IOException {
    StateDict answers = Answers.of("steps").weights();
    Weight low = answers.get("low");
    Batch batch =
        new Batch(0, 1, 3, (int) low.extent(3), 4, low.floats(), answers.get("high").floats());
    try (Scope scope = Scope.open()) {
      RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 4, 2, 1, 4, 1, false));
      UnetDiscriminator judge = new UnetDiscriminator(3, 2);
      Learner generator = learner("generator", network);
      Learner discriminator = learner("discriminator", judge);
      Balance balance = new Balance(1e-3); // anybody is as good as that
      PictureLosses l1 =
          new PictureLosses(
              List.of(new PictureLosses.Term<>(LossKind.L1, PixelLoss.L1, 1)), List.of());
      Step step =
          new GanStep(
              network,
              generator,
              new Opponent(judge, discriminator, 1, balance),
              l1,
              GAN,
              0.1,
              Device.CPU,
              Precision.FLOAT32);

      Losses first = step.run(batch, 1e-3);
      assertThat(first.values().get(GanStep.SHARE)).isEqualTo(1);
      assertThat(first.gradientNorms()).containsKeys("generator", "discriminator");
      float[] judging = discriminator.parameters().trained().toFloats();
      float[] drawing = generator.parameters().trained().toFloats();
      assertThat(balance.learns()).isFalse();

      Losses second = step.run(batch, 1e-3);
      assertThat(discriminator.parameters().trained().toFloats()).isEqualTo(judging);
      assertThat(generator.parameters().trained().toFloats()).isNotEqualTo(drawing);
      assertThat(second.gradientNorms()).containsOnlyKeys("generator");
      assertThat(second.values().get(GanStep.SHARE)).isEqualTo(0.5);
      assertThat(second.values()).containsKeys(GanStep.OPPONENT, "real", "fake");
      // The mean of probabilities is near the probability of the mean for logits near 0.
      double real = second.values().get("real");
      assertThat(second.values().get(Balance.ON_REAL))
          .isCloseTo(1 / (1 + Math.exp(-real)), Offset.offset(1e-3));
      double fake = second.values().get("fake");
      assertThat(second.values().get(Balance.ON_FAKE))
          .isCloseTo(1 / (1 + Math.exp(fake)), Offset.offset(1e-3));
    }
  }

  private static Learner learner(String name, Parameterised network) {
    Learner learner = new Learner(name, network, OptimizerSection.adam(0.9, 0.999), Device.CPU);
    learner.parameters().initialise(Initialisation.TORCH, 1);
    return learner;
  }
}
