package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files as their authors published them, read from the folder {@code esrgan.data} if it is given.
 */
class PublishedFilesTest {
  @ParameterizedTest
  @CsvSource({
    "alex, 64, 192, 384, 256, 256",
    "vgg, 64, 128, 256, 512, 512",
    "squeeze, 64, 128, 256, 384, 384"
  })
  void theLinearLayersOfLpipsAreRead(
      String name, long first, long second, long third, long fourth, long fifth)
      throws IOException {
    Path path = published("lpips-v0.1/" + name + ".pth");
    WeightFile file = Weights.open(path);
    assertThat(file.container()).isEqualTo(Container.LEGACY);
    assertThat(file.kind()).isEqualTo(WeightKind.LPIPS);
    long[] widths = {first, second, third, fourth, fifth};
    for (int i = 0; i < widths.length; i++) {
      Weight weight = file.weights().get("lin%d.model.1.weight".formatted(i));
      assertThat(weight.shape()).containsExactly(1, widths[i], 1, 1);
      for (float value : weight.floats()) {
        assertThat(value).isBetween(0f, 100f); // LPIPS keeps its weights from becoming negative
      }
    }
    assertThatThrownBy(() -> Weights.readGenerator(path))
        .hasMessageContaining(": holds the linear layers of LPIPS, a measure of likeness, which");
  }

  @Test
  void squeezeNetIsRecognised() throws IOException {
    WeightFile file = Weights.open(published("squeezenet1_1-imagenet.safetensors"));
    assertThat(file.kind()).isEqualTo(WeightKind.SQUEEZENET);
  }

  private static Path published(String name) {
    String data = System.getProperty("esrgan.data", "");
    assumeThat(data).as("set -Desrgan.data=FOLDER to read published files").isNotEmpty();
    Path file = Path.of(data, "weights", name);
    assumeThat(Files.exists(file)).as(file + " is there").isTrue();
    return file;
  }
}
