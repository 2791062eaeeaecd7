package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.BatchLoader;
import io.esrgan.data.BatchPlan;
import io.esrgan.data.LowCheck;
import io.esrgan.data.Sampling;
import io.esrgan.degrade.Degradation;
import io.esrgan.degrade.Range;
import io.esrgan.nn.Initialisation;
import io.esrgan.weights.RrdbConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {
  private static final Map<String, String> TRAIN = Map.of("data.train", "photos");

  @TempDir Path folder;

  static List<String> builtIn() {
    return Recipe.builtIn();
  }

  @Test
  void everyFileOfTheRecipesFolderIsListed() throws IOException {
    Path recipes = Path.of("..", "recipes");
    try (Stream<Path> files = Files.walk(recipes)) {
      assertThat(Recipe.builtIn())
          .containsExactlyElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> recipes.relativize(file).toString().replace('\\', '/'))
                  .map(file -> file.replaceFirst("\\.yaml$", ""))
                  .sorted()
                  .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyBuiltInRecipeIsReadAndWrittenAndReadAgain(String name) throws IOException {
    Recipe recipe = Recipe.load(name, TRAIN);
    assertThat(recipe.name()).isEqualTo(name.replace('/', '-'));
    assertThat(recipe.data().train()).containsExactly(Path.of("photos"));
    String yaml = recipe.toYaml();
    Recipe again = Recipe.parse(yaml, "checkpoint", Map.of());
    assertThat(again).isEqualTo(recipe);
    assertThat(again.toYaml()).isEqualTo(yaml);
  }

  @Test
  void thePapersRecipeSaysWhatThePaperSays() throws IOException {
    Recipe recipe = Recipe.load("rrdb-psnr-paper", Map.of());
    assertThat(recipe)
        .isEqualTo(
            new Recipe(
                "rrdb-psnr-paper",
                4,
                0,
                new NetworkSection(RrdbConfig.PAPER, Initialisation.PAPER),
                new DataSection(
                    List.of(Path.of("DIV2K/DIV2K_train_HR")),
                    List.of(),
                    LowCheck.SIZE,
                    Optional.empty(),
                    128,
                    16,
                    Sampling.AREA,
                    0,
                    0,
                    true,
                    Optional.empty(),
                    2,
                    0),
                Map.of(LossKind.L1, 1.0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptimizerSection.adam(0.9, 0.999),
                new Schedule.MultiStep(
                    2e-4, List.of(200_000L, 400_000L, 600_000L, 800_000L), 0.5, 0),
                0,
                1_000_000,
                Recipe.Precision.FLOAT32,
                Optional.empty(),
                GuardSection.USUAL,
                new EverySection(5000, 5000, 100)));
  }

  @Test
  void theRecipesOfBasicsrDifferWhereItsCodeDoes() throws IOException {
    Recipe recipe = Recipe.load("rrdb-psnr-basicsr", Map.of());
    assertThat(recipe.optimizer()).isEqualTo(OptimizerSection.adam(0.9, 0.99));
    assertThat(recipe.average()).isEqualTo(0.999);
    assertThat(recipe.network().initialisation()).isEqualTo(Initialisation.BASICSR);
    assertThat(recipe.schedule())
        .isEqualTo(
            new Schedule.Cosine(2e-4, 1e-7, List.of(250_000L, 250_000L, 250_000L, 250_000L), 0));
  }

  @Test
  void realEsrgansRecipesDegradeAsItsDefaultsDo() throws IOException {
    for (String name : new String[] {"realesrnet", "realesrgan"}) {
      Recipe recipe = Recipe.load(name, Map.of());
      assertThat(recipe.data().degradation()).as(name).contains(Degradation.REAL_ESRGAN);
      assertThat(recipe.batchPlan().piece()).isEqualTo(400);
    }
    Recipe usual = Recipe.load("rrdb-psnr-paper", Map.of("data.degradation", "real-esrgan"));
    assertThat(usual.data().degradation()).contains(Degradation.REAL_ESRGAN);
    Recipe other =
        Recipe.load("realesrnet", Map.of("degradation.second-jpeg", "[10, 20]", "steps", "9"));
    assertThat(other.data().degradation().orElseThrow().second().jpeg())
        .isEqualTo(new Range(10, 20));
    assertThat(Recipe.parse(other.toYaml(), "checkpoint", Map.of())).isEqualTo(other);
  }

  @Test
  void theCompactRecipesPeriodFollowsItsSteps() throws IOException {
    Recipe recipe = Recipe.load("compact-psnr", Map.of("data.train", "photos", "steps", "3000"));
    assertThat(recipe.schedule()).isEqualTo(new Schedule.Cosine(3e-4, 1e-7, List.of(3000L), 200));
    assertThat(recipe.batchPlan()).isEqualTo(new BatchPlan(8, 128, 4, 3, Sampling.AREA, 0, true));
  }

  @Test
  void overridesReplaceAddAndRemove() throws IOException {
    Recipe recipe =
        Recipe.load(
            "rrdb-psnr-paper",
            Map.of(
                "data.train", "[a b, c]",
                "data.validation", "valid",
                "data.cache", "512m",
                "schedule.milestones", "[10, 20]",
                "schedule.factor", "",
                "steps", "1e3",
                "precision", "bfloat16",
                "start", "old.safetensors",
                "data.augment", "false"));
    assertThat(recipe.data().train()).containsExactly(Path.of("a b"), Path.of("c"));
    assertThat(recipe.data().validation()).contains(Path.of("valid"));
    assertThat(recipe.data().cacheBytes()).isEqualTo(512L << 20);
    assertThat(recipe.data().augment()).isFalse();
    assertThat(recipe.schedule())
        .isEqualTo(new Schedule.MultiStep(2e-4, List.of(10L, 20L), 0.5, 0));
    assertThat(recipe.steps()).isEqualTo(1000);
    assertThat(recipe.precision()).isEqualTo(Recipe.Precision.BFLOAT16);
    assertThat(recipe.start()).contains(Path.of("old.safetensors"));
    assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
  }

  @Test
  void unusualFoldersAndSizesSurviveTheRoundTrip() throws IOException {
    for (String path :
        List.of("x #1", "größe, 2", "'q'", "null", "123", "- x", "{a}", "&a", "!b", "%c", "~")) {
      Recipe recipe =
          Recipe.load("compact-psnr", Map.of("data.train", path, "data.cache", "1234567k"));
      assertThat(recipe.data().train()).containsExactly(Path.of(path));
      assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
    }
  }

  @Test
  void pairsAreFoldersThatSurviveTheRoundTrip() throws IOException {
    assertThat(Recipe.load("compact-psnr", TRAIN).data().low()).isEmpty();
    Recipe one =
        Recipe.load("compact-psnr", Map.of("data.train", "photos", "data.low", "small ones"));
    assertThat(one.data().low()).containsExactly(Path.of("small ones"));
    assertThat(one.data().checkLow()).isEqualTo(LowCheck.SIZE);
    assertThat(Recipe.parse(one.toYaml(), "checkpoint", Map.of())).isEqualTo(one);
    Recipe two =
        Recipe.load(
            "compact-psnr",
            Map.of("data.train", "[a, b]", "data.low", "[c, d]", "data.check-low", "resize"));
    assertThat(two.data().low()).containsExactly(Path.of("c"), Path.of("d"));
    assertThat(two.data().checkLow()).isEqualTo(LowCheck.RESIZE);
    assertThat(Recipe.parse(two.toYaml(), "checkpoint", Map.of())).isEqualTo(two);
  }

  @Test
  void anUnsetCacheIsAQuarterOfTheHeap() throws IOException {
    assertThat(Recipe.load("compact-psnr", TRAIN).data().cacheBytes())
        .isEqualTo(BatchLoader.defaultCacheBytes());
  }

  @Test
  void aFileIsReadWithAMarkAndWithout() throws IOException {
    String yaml = Recipe.load("compact-psnr", TRAIN).toYaml();
    Path plain = Files.writeString(folder.resolve("größe.yaml"), yaml);
    Path marked = Files.writeString(folder.resolve("marked.yml"), "\uFEFF" + yaml);
    assertThat(Recipe.load(plain.toString(), Map.of()))
        .isEqualTo(Recipe.load(marked.toString(), Map.of()));
  }

  @Test
  void aRecipeThatIsNotThereIsSuggestedOrListed() {
    assertThatThrownBy(() -> Recipe.load("compact-psn", Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("there is no recipe compact-psn; did you mean compact-psnr?");
    assertThatThrownBy(() -> Recipe.load("everything", Map.of()))
        .hasMessage(
            "there is no recipe everything; name a YAML file or one of "
                + String.join(", ", Recipe.builtIn()));
    assertThatThrownBy(() -> Recipe.load("equal/esrgn", Map.of()))
        .hasMessage("there is no recipe equal/esrgn; did you mean equal/esrgan?");
    Path missing = folder.resolve("mine.yaml");
    assertThatThrownBy(() -> Recipe.load(missing.toString(), Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("there is no recipe file %s", missing);
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("picture.yaml"), new byte[] {(byte) 0xff, (byte) 0xd8});
    assertThatThrownBy(() -> Recipe.load(file.toString(), Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("%s is not UTF-8 text, so it is no recipe", file);
  }

  @Test
  void theTextOfARecipeKeepsItsComments() throws IOException {
    assertThat(Recipe.text("compact-psnr")).contains("# channels of the trunk (nf)");
  }
}
