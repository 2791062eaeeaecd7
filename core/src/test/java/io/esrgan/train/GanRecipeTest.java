package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.LeastSquaresGan;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.loss.StandardGan;
import io.esrgan.loss.TextureDistance;
import io.esrgan.nn.Initialisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recipes say about perceptual losses, discriminators and their GANs. */
class GanRecipeTest {
  private static final Map<String, String> TRAIN = Map.of("data.train", "photos");

  @Test
  void thePapersGanStageSaysWhatThePaperSays() throws IOException {
    Recipe recipe = Recipe.load("esrgan-paper", Map.of());
    assertThat(recipe.loss())
        .isEqualTo(Map.of(LossKind.L1, 1e-2, LossKind.PERCEPTUAL, 1.0, LossKind.ADVERSARIAL, 5e-3));
    assertThat(recipe.perceptual())
        .contains(
            new FeatureSection(
                "vgg19", List.of("conv5_4"), List.of(1.0), PixelLoss.L1, FeatureScale.NONE));
    assertThat(recipe.gan())
        .contains(
            new Recipe.Gan(
                new AdversarialSection(
                    AdversarialSection.Kind.RELATIVISTIC_AVERAGE,
                    RelativisticAverageGan.Form.PAPER,
                    1),
                new DiscriminatorSection(
                    DiscriminatorSection.Kind.VGG, 64, Initialisation.HE, Optional.empty(), 1)));
    assertThat(recipe.optimizer()).isEqualTo(OptimizerSection.adam(0.9, 0.999));
    assertThat(recipe.schedule())
        .isEqualTo(
            new Schedule.MultiStep(1e-4, List.of(50_000L, 100_000L, 200_000L, 300_000L), 0.5, 0));
    assertThat(recipe.average()).isZero();
    assertThat(recipe.steps()).isEqualTo(500_000);
  }

  @Test
  void theLaterCodesGanStageDiffersWhereItsCodeDoes() throws IOException {
    Recipe recipe = Recipe.load("esrgan-basicsr", Map.of());
    Recipe.Gan gan = recipe.gan().orElseThrow();
    assertThat(gan.adversarial().loss())
        .isEqualTo(new RelativisticAverageGan(RelativisticAverageGan.Form.BASICSR));
    assertThat(gan.discriminator().initialisation()).isEqualTo(Initialisation.TORCH);
    assertThat(recipe.optimizer()).isEqualTo(OptimizerSection.adam(0.9, 0.99));
    assertThat(recipe.average()).isEqualTo(0.999);
    assertThat(recipe.steps()).isEqualTo(400_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"compact-gan", "esrgan-paper", "esrgan-basicsr"})
  void theResolvedRecipeReadsAsItself(String name) throws IOException {
    Recipe recipe =
        Recipe.load(
            name,
            Map.of(
                "data.train", "photos",
                "perceptual.taps", "[conv1_2, conv2_2, conv5_4]",
                "perceptual.weights", "[0.1, 0.1, 1]",
                "discriminator.start", "net_d.pth",
                "optimizer.clip", "5"));
    assertThat(recipe.perceptual().orElseThrow().weights()).containsExactly(0.1, 0.1, 1.0);
    assertThat(recipe.gan().orElseThrow().discriminator().start()).contains(Path.of("net_d.pth"));
    assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
  }

  @Test
  void texturesHaveASectionOfTheirOwn() throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("data.train", "photos");
    values.put("loss.texture", "2");
    values.put("texture.network", "vgg19");
    values.put("texture.taps", "[relu1_1, relu2_1]");
    Recipe usual = Recipe.load("compact-gan", values);
    assertThat(usual.loss()).containsEntry(LossKind.TEXTURE, 2.0);
    assertThat(usual.texture())
        .contains(
            new FeatureSection(
                "vgg19",
                List.of("relu1_1", "relu2_1"),
                List.of(1.0, 1.0),
                new TextureDistance(16),
                FeatureScale.NONE));
    values.put("texture.weights", "[3e-7, 1e-6]");
    values.put("texture.patch", "8");
    values.put("texture.unit-mean", "true");
    values.put("perceptual.divisor", "12.75");
    Recipe other = Recipe.load("compact-gan", values);
    FeatureSection texture = other.texture().orElseThrow();
    assertThat(texture.weights()).containsExactly(3e-7, 1e-6);
    assertThat(texture.distance()).isEqualTo(new TextureDistance(8));
    assertThat(texture.scale()).isEqualTo(new FeatureScale(1, true));
    assertThat(other.perceptual().orElseThrow().scale()).isEqualTo(new FeatureScale(12.75, false));
    assertThat(Recipe.parse(other.toYaml(), "checkpoint", Map.of())).isEqualTo(other);
    values.put("texture.patch", "0");
    assertThatThrownBy(() -> Recipe.load("compact-gan", values))
        .isInstanceOf(RecipeException.class)
        .hasMessage("--set texture.patch=0: texture.patch is 0, but must be at least 1");
  }

  @Test
  void otherKindsOfGanHaveNoForm() throws IOException {
    assertThat(gan("standard").adversarial().loss()).isEqualTo(new StandardGan());
    assertThat(gan("least-squares").adversarial().loss()).isEqualTo(new LeastSquaresGan());
    assertThatThrownBy(
            () ->
                Recipe.load(
                    "compact-gan", Map.of("data.train", "x", "adversarial.type", "standard")))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("adversarial.form does not go with adversarial.type: standard");
  }

  private static Recipe.Gan gan(String type) throws IOException {
    Map<String, String> values =
        Map.of("data.train", "photos", "adversarial.type", type, "adversarial.form", "");
    return Recipe.load("compact-gan", values).gan().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.crop | 96 | data.crop is 96, but must be 128 or 256 for the VGG discriminator",
        "loss.adversarial | -1 | loss.adversarial is -1.0, but must be above 0",
        "perceptual.weights | [1, 2] | perceptual.weights is [1.0, 2.0], but must be as many",
        "perceptual.weights | [0] | perceptual.weights is [0.0], but must be above 0",
        "perceptual.divisor | 0 | perceptual.divisor is 0.0, but must be above 0",
        "perceptual.unit-mean | 1 | perceptual.unit-mean is \"1\", but must be true or false",
        "texture.patch | 16 | texture.patch has no meaning without loss.texture",
        "loss.texture | 1 | texture.taps is not set",
        "perceptual.criterion | l2 | perceptual.criterion is \"l2\", but must be one of l1, mse",
        "perceptual.taps | '' | perceptual.taps is not set",
        "discriminator.type | vggg | did you mean vgg?",
        "discriminator.features | 0 | discriminator.features is 0, but must be from 1",
        "discriminator.rate-factor | 0 | discriminator.rate-factor is 0.0, but must be above 0",
        "optimizer.accumulate | 0 | optimizer.accumulate is 0, but must be at least 1",
        "adversarial.learns-below | 0 | adversarial.learns-below does not go with adversarial.type",
        "optimizer.clip | -1 | optimizer.clip is -1.0, but must be 0 (no limit) or above",
        "network.channels | 1 | must be left out where network.channels is 1",
        "loss.adversarial | '' | has no meaning without loss.adversarial: give that a weight",
        "loss.perceptual | '' | has no meaning without loss.perceptual: give that a weight",
      })
  void aMistakeIsToldInOneLine(String key, String value, String message) {
    assertThatThrownBy(() -> Recipe.load("compact-gan", Map.of("data.train", "photos", key, value)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void theAdversarialTermDoesNotStandAlone() {
    assertThatThrownBy(
            () ->
                Recipe.load(
                    "compact-gan",
                    Map.of(
                        "data.train", "photos",
                        "loss.l1", "",
                        "loss.perceptual", "",
                        "perceptual.network", "",
                        "perceptual.taps", "",
                        "perceptual.weights", "",
                        "perceptual.criterion", "")))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("more than the adversarial term");
  }

  @Test
  void thePsnrStageHasNeither() throws IOException {
    Recipe recipe = Recipe.load("compact-psnr", TRAIN);
    assertThat(recipe.gan()).isEmpty();
    assertThat(recipe.perceptual()).isEmpty();
  }
}
