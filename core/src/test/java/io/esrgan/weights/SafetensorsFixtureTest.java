package io.esrgan.weights;

import static io.esrgan.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFixtureTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"x4-new", "x4-old", "x4-mid", "x2-new", "x1-new"})
  void inputOutputAndMeasuresAreThere(String name) throws IOException {
    StateDict dict = Weights.read(fixture("rrdb-" + name + ".safetensors"));
    int scale = Integer.parseInt(dict.metadata().get("scale"));
    Weight input = dict.get("input");
    assertThat(dict.get("output").hasShape(2, 3, 20L * scale, 28L * scale)).isTrue();
    assertThat(input.hasShape(2, 3, 20, 28)).isTrue();
    for (float value : input.floats()) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"training-start", "training-end", "ragan", "imresize", "rrdb-x4-new"})
  void whatIsWrittenReadsBackTheSame(String name) throws IOException {
    StateDict dict = Weights.read(fixture(name + ".safetensors"));
    Path copy = folder.resolve("copy");
    Weights.write(copy, dict);
    StateDict read = Weights.read(copy);
    assertThat(read).isEqualTo(dict);
    assertThat(read.names()).containsExactlyElementsOf(dict.names());
  }

  @Test
  void countersOfBatchNormalisationAreWholeNumbers() throws IOException {
    StateDict discriminator =
        Weights.read(fixture("training-start.safetensors")).under("discriminator.");
    assertThat(discriminator.get("bn0_1.num_batches_tracked").longs()).containsExactly(0);
  }
}
