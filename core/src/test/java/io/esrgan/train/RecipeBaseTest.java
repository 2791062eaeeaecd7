package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes that say only how they differ from another. */
class RecipeBaseTest {
  @TempDir Path folder;

  private Recipe load(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Recipe.load(file.toString(), Map.of("data.train", "photos"));
  }

  @Test
  void valuesAndWholeSectionsTakeThePlaceOfTheBases() throws IOException {
    Recipe base = Recipe.load("compact-psnr", Map.of("data.train", "photos"));
    Recipe recipe =
        load(
            "mine.yaml",
            "base: compact-psnr\nname: mine\nseed: 7\nloss:\n  mse: 2\nevery:\n  log: 3\n");
    assertThat(recipe.name()).isEqualTo("mine");
    assertThat(recipe.seed()).isEqualTo(7);
    assertThat(recipe.loss()).isEqualTo(Map.of(LossKind.MSE, 2.0));
    assertThat(recipe.every()).isEqualTo(new EverySection(5000, 5000, 3)); // not the base's
    assertThat(recipe.network()).isEqualTo(base.network());
    assertThat(recipe.schedule()).isEqualTo(base.schedule());
    assertThat(recipe.toYaml()).doesNotContain("base");
  }

  @Test
  void aBaseIsFoundBesideTheFileAndMayHaveABaseItself() throws IOException {
    load("first.yaml", "base: compact-psnr\nname: first\nseed: 3\nsteps: 50\n");
    Recipe recipe = load("second.yaml", "base: first.yaml\nname: second\nsteps: 60\n");
    assertThat(recipe.seed()).isEqualTo(3);
    assertThat(recipe.steps()).isEqualTo(60);
  }

  @Test
  void aMistakeInTheBaseIsToldWhereItStands() throws IOException {
    Path base = Files.writeString(folder.resolve("base.yaml"), "name: base\nscale: 4\nsteps: many");
    assertThatThrownBy(() -> load("mine.yaml", "base: base.yaml\nname: mine\n"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("%s, line 3", base);
  }

  @Test
  void recipesAreNotBasedOnEachOther() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "base: b.yaml\nname: a\n");
    assertThatThrownBy(() -> load("b.yaml", "base: a.yaml\nname: b\n"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("recipes are based on each other");
  }

  @Test
  void aBaseThatIsNotThereIsToldAndNoneIsSetByOption() {
    assertThatThrownBy(() -> load("mine.yaml", "base: other.yaml\nname: mine\n"))
        .isInstanceOf(RecipeException.class)
        .hasMessage("there is no recipe file " + folder.resolve("other.yaml"));
    assertThatThrownBy(() -> Recipe.load("compact-psnr", Map.of("base", "rrdb-psnr-paper")))
        .isInstanceOf(RecipeException.class)
        .hasMessage("--set base=rrdb-psnr-paper: a recipe's base is named in its file");
  }
}
