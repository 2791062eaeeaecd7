package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe is timed as it is, from pictures and from memory. */
class RecipeContestTest {
  private static final List<String> TINY =
      List.of("network.features=8", "network.growth=4", "network.blocks=1", "data.batch=2");

  @TempDir Path pictures;

  @BeforeEach
  void draw() throws IOException {
    byte[] samples = new byte[160 * 144 * 3];
    new SplittableRandom(1).nextBytes(samples);
    Picture noise = Picture.of8Bit(160, 144, Picture.Channels.RGB, samples, Metadata.NONE);
    Images.write(noise, pictures.resolve("noise.png"), false);
  }

  @Test
  void aPsnrRecipeIsTimed() throws IOException {
    assertThat(report("compact-psnr", TINY))
        .contains(
            "Recipe compact-psnr: RRDBNet nf 8, gc 4, nb 1, PSNR stage, 2 pairs of 128x128 crops")
        .contains("| pictures, decoding included | ")
        .contains("| one batch in memory | ")
        .containsPattern("The data pipeline costs -?[0-9.]+ percent")
        .doesNotContain("drawn");
  }

  @Test
  void whereTrainedFeaturesAreNotAtHandDrawnOnesServe() throws IOException {
    List<String> settings = new ArrayList<>(TINY);
    settings.add("discriminator.features=4");
    settings.add("perceptual.network=squeezenet1_1");
    settings.add("perceptual.taps=[expand9]");
    assertThat(report("compact-gan", settings))
        .contains(
            "Recipe compact-gan: RRDBNet nf 8, gc 4, nb 1, GAN stage, 2 pairs of 128x128 crops")
        .contains("Weights of squeezenet1_1 are drawn, in its true shape");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Options options =
        Options.parse(List.of("recipe", "--set", "data.train=" + pictures.resolve("nowhere")));
    assertThatThrownBy(() -> new RecipeContest(options).report())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  private String report(String recipe, List<String> settings) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("recipe", "--recipe", recipe, "--rounds", "1", "--warm-up", "0"));
    arguments.addAll(List.of("--steps", "1", "--set", "data.train=" + pictures));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return new RecipeContest(Options.parse(arguments)).report();
  }
}
