package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  @TempDir Path folder;

  @Test
  void aFileOfMoreThanTwoGigabytesIsRefusedUnread() throws IOException {
    Path file = folder.resolve("huge.pth");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            file
                + ": 3221225472 bytes is too large, the limit is 2 GiB; save the weights alone,"
                + " without the optimizer");
  }

  @Test
  void asManyWeightsAsAllowedAreReadAndNoMore() throws IOException {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (int i = 0; i < Limits.WEIGHTS; i++) {
      weights.put("w" + i, Weight.of(new float[0], 0));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(StateDict.of(weights), out);
    assertThat(Safetensors.read(new Source("x", out.toByteArray())).size())
        .isEqualTo(Limits.WEIGHTS);
    weights.put("one more", Weight.of(new float[0], 0));
    assertThatThrownBy(() -> Safetensors.write(StateDict.of(weights), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("20001 weights with a header of ");
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() {
    Path file = folder.resolve("x");
    StateDict longName = StateDict.of(Map.of("n".repeat(513), Weight.of(new float[0], 0)));
    assertThatThrownBy(() -> Weights.write(file, longName))
        .hasMessage("a weight cannot be named " + "n".repeat(80) + "…");
    StateDict longText = StateDict.of(Map.of(), Map.of("story", "s".repeat(9 << 20)));
    assertThatThrownBy(() -> Weights.write(file, longText))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void aFileWhoseNameHasLinesIsNamedOnOne() {
    assertThat(new Source("a\nb", new byte[0]).fail("is empty; fetch it again"))
        .hasMessage("a\\u000ab: is empty; fetch it again");
  }
}
