package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture.Channels;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  @TempDir Path folder;

  private Path weights;

  /** A narrow VGG19, half of whose first features are above 0 whatever the picture. */
  @BeforeEach
  void write() throws IOException {
    weights = folder.resolve("vgg.safetensors");
    Map<String, Weight> all = new LinkedHashMap<>();
    int in = 3;
    for (int number : new int[] {0, 2, 5}) {
      all.put("features." + number + ".weight", Weight.of(new float[2 * in * 9], 2, in, 3, 3));
      all.put("features." + number + ".bias", Weight.of(new float[] {1, -1}, 2));
      in = 2;
    }
    Weights.write(weights, StateDict.of(all));
  }

  @Test
  void theShareOfActiveFeaturesIsPrintedAndTheirMapsAreDrawn() throws IOException {
    Path picture = Samples.picture(folder.resolve("a.png"), 24, 16, Channels.RGB);
    Path sheet = folder.resolve("maps.png");
    CommandRun run =
        CommandRun.of("features", picture, "--network", weights, "--layer", "1_2", "-o", sheet);
    assertThat(run.succeeds().out()).containsPattern("a\\.png +relu1_2 +2 +768 +50\\.00");
    assertThat(Images.read(sheet).width()).isGreaterThan(3 * 384);
    assertThat(
            CommandRun.of("features", picture, "--network", weights, "--layer", "1_2", "-o", sheet)
                .fails(ExitCode.FAILED)
                .err())
        .contains("exists already");
  }

  @Test
  void whatIsNoLayerAndWhatIsNoRgbAreTold() throws IOException {
    Path gray = Samples.picture(folder.resolve("g.png"), 24, 16, Channels.GRAY);
    assertThat(
            CommandRun.of("features", gray, "--network", weights, "--layer", "1_2")
                .fails(ExitCode.FAILED)
                .err())
        .contains(gray + ": ", "RGB");
    assertThat(
            CommandRun.of("features", gray, "--network", weights, "--layer", "7_1")
                .fails(ExitCode.WRONG_USAGE)
                .err())
        .contains("--layer 7_1: ", "no layer");
  }
}
