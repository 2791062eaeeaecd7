package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.StandardGan;
import io.esrgan.loss.TextureDistance;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes of the systems that the paper compares: their own, and those on equal terms. */
class SystemRecipesTest {

  private static Recipe load(String name) throws IOException {
    return Recipe.load(name, Map.of("data.train", "photos"));
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("srcnn", new SrcnnConfig(1, 1, 4)),
        Arguments.of("srcnn-mmagic", new SrcnnConfig(3, 1, 4)),
        Arguments.of("srresnet-mse", new SrResNetConfig(64, 16, 4, true)),
        Arguments.of("srgan", new SrResNetConfig(64, 16, 4, true)),
        Arguments.of(
            "msrresnet", new MsrResNetConfig(64, 16, 4, MsrResNetConfig.Form.PICTURE_SKIP)),
        Arguments.of("edsr-baseline", new EdsrConfig(64, 16, 4, 1)),
        Arguments.of("edsr", new EdsrConfig(256, 32, 4, 0.1)),
        Arguments.of("rcan", new RcanConfig(64, 10, 20, 16, 4)),
        Arguments.of("enhancenet-e", new EnhanceNetConfig(64, 10)),
        Arguments.of("enhancenet-pat", new EnhanceNetConfig(64, 10)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachSystemHasItsNetwork(String name, GeneratorConfig config) throws IOException {
    assertThat(load(name).network().config()).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rcan | network.reduction | 7 | network: 64 features are not reduced 7 times",
        "srcnn | network.middle-kernel | 2 | network: 2 is no side of SRCNN's second convolution",
        "edsr | network.residual-scale | 0 | network: a residual scale of 0.0 is not above 0",
        "edsr | scale | 8 | network: a scale of 8 is not one of [2, 3, 4]",
        "enhancenet-e | scale | 2 | scale is 2, but must be 4 for EnhanceNet",
        "srresnet-mse | network.channels | 1 | network.channels does not go with network.type",
      })
  void whatANetworkCannotBeIsToldInOneLine(String name, String key, String value, String message) {
    assertThatThrownBy(() -> Recipe.load(name, Map.of("data.train", "x", key, value)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void edsrIsTrainedAsItsAuthorsDo() throws IOException {
    for (String name : List.of("edsr-baseline", "edsr")) {
      Recipe recipe = load(name);
      assertThat(recipe.data().crop()).isEqualTo(192);
      assertThat(recipe.data().batch()).isEqualTo(16);
      assertThat(recipe.loss()).isEqualTo(Map.of(LossKind.L1, 255.0));
      assertThat(recipe.optimizer()).isEqualTo(OptimizerSection.adam(0.9, 0.999));
      assertThat(recipe.schedule())
          .isEqualTo(new Schedule.MultiStep(1e-4, List.of(200_000L), 0.5, 0));
      assertThat(recipe.steps()).isEqualTo(300_000);
    }
  }

  @Test
  void srganComparesFeaturesAfterActivationDividedBy12Point75() throws IOException {
    Recipe recipe = load("srgan");
    assertThat(recipe.loss())
        .isEqualTo(Map.of(LossKind.PERCEPTUAL, 1.0, LossKind.ADVERSARIAL, 1e-3));
    assertThat(recipe.perceptual())
        .contains(
            new FeatureSection(
                "vgg19",
                List.of("relu5_4"),
                List.of(1.0),
                PixelLoss.MSE,
                new FeatureScale(12.75, false)));
    assertThat(recipe.gan().orElseThrow().adversarial().loss()).isEqualTo(new StandardGan());
    assertThat(recipe.schedule().rate(99_999)).isEqualTo(1e-4);
    assertThat(recipe.schedule().rate(100_000)).isEqualTo(1e-5);
    assertThat(load("srresnet-mse").loss()).isEqualTo(Map.of(LossKind.MSE, 1.0));
    assertThat(load("srresnet-mse").schedule().rate(999_999)).isEqualTo(1e-4);
  }

  @Test
  void enhanceNetComparesTexturesInPatchesOf16() throws IOException {
    Recipe recipe = load("enhancenet-pat");
    assertThat(recipe.loss().keySet())
        .containsExactlyInAnyOrder(LossKind.PERCEPTUAL, LossKind.TEXTURE, LossKind.ADVERSARIAL);
    FeatureScale unitMean = new FeatureScale(1, true);
    assertThat(recipe.perceptual())
        .contains(
            new FeatureSection(
                "vgg19", List.of("pool2", "pool5"), List.of(2e-1, 2e-2), PixelLoss.MSE, unitMean));
    assertThat(recipe.texture())
        .contains(
            new FeatureSection(
                "vgg19",
                List.of("relu1_1", "relu2_1", "relu3_1"),
                List.of(3e-7, 1e-6, 1e-6),
                new TextureDistance(16),
                unitMean));
    assertThat(recipe.gan().orElseThrow().adversarial().learnsBelow()).isEqualTo(0.8);
    assertThat(load("enhancenet-e").loss()).isEqualTo(Map.of(LossKind.MSE, 1.0));
  }

  @Test
  void valuesFromMemoryAreNamedAsUnverified() throws IOException {
    for (String name :
        List.of(
            "srcnn",
            "srcnn-mmagic",
            "srresnet-mse",
            "srgan",
            "rcan",
            "enhancenet-e",
            "enhancenet-pat")) {
      assertThat(Recipe.text(name)).as(name).containsIgnoringCase("unverified");
    }
  }

  @Test
  void systemsOnEqualTermsDifferInNetworkAndLossesAlone() throws IOException {
    Recipe base = load("equal/rrdb-psnr");
    Recipe second = load("equal/esrgan"); // of the stages that go on from another's result
    Set<String> networks = new HashSet<>();
    List<String> equal = Recipe.builtIn().stream().filter(n -> n.startsWith("equal/")).toList();
    assertThat(equal).hasSize(10);
    for (String name : equal) {
      Recipe recipe = load(name);
      networks.add(recipe.network().config().network());
      assertThat(recipe.data()).as(name).isEqualTo(base.data());
      assertThat(recipe.optimizer()).as(name).isEqualTo(base.optimizer());
      Recipe stage = recipe.gan().isPresent() ? second : base;
      assertThat(recipe.schedule()).as(name).isEqualTo(stage.schedule());
      assertThat(recipe.steps()).as(name).isEqualTo(stage.steps());
      assertThat(recipe.average()).as(name).isEqualTo(base.average());
      assertThat(recipe.seed()).as(name).isEqualTo(base.seed());
      assertThat(recipe.scale()).as(name).isEqualTo(base.scale());
      assertThat(recipe.precision()).as(name).isEqualTo(base.precision());
      if (recipe.gan().isPresent()) {
        assertThat(recipe.gan().get().discriminator())
            .as(name)
            .isEqualTo(second.gan().orElseThrow().discriminator());
      }
    }
    assertThat(networks).hasSize(7);
  }

  @Test
  void anEmptyListOfMilestonesIsAConstantRate() throws IOException {
    Recipe recipe =
        Recipe.load("rrdb-psnr-paper", Map.of("data.train", "x", "schedule.milestones", "[]"));
    assertThat(recipe.schedule().rate(999_999)).isEqualTo(recipe.schedule().rate(0));
    assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
  }
}
