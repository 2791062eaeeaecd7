package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaScoresTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("ma.csv"), text);
  }

  @Test
  void columnsAreFoundByNameAndPicturesByFileName() throws IOException {
    Path file = file("note,Ma, Picture\r\n,8.9394,\"results/a.png\"\r\n\r\nx, 0 ,b.png\r\n");
    MaScores scores = MaScores.read(file);
    assertThat(scores.of("elsewhere/a.png")).isEqualTo(8.9394);
    assertThat(scores.of("b.png")).isZero();
    assertThat(scores.sha256()).isEqualTo(Weights.sha256(file));
    assertThatThrownBy(() -> scores.of("c.png"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ma.csv has no score for c.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.png,5\n",
        "picture,ma\na.png,11\n",
        "picture,ma\na.png,-0.1\n",
        "picture,ma\na.png,NaN\n",
        "picture,ma\na.png,good\n",
        "picture,ma\na.png\n",
        "picture,ma\na.png,5\nb/a.png,5\n"
      })
  void whatIsNoScoreIsRefused(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> MaScores.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": ");
  }

  /** Three of the numbers that pyiqa publishes for its calibration pictures. */
  @ParameterizedTest
  @CsvSource({"3.6549, 8.9394, 2.3578", "15.7536, 1.3894, 12.1821", "2, 10, 1"})
  void theIndexIsHalfOfBoth(double niqe, double ma, double index) {
    assertThat(MaScores.perceptualIndex(niqe, ma)).isCloseTo(index, within(1e-4));
  }
}
