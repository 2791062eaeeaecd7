package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.data.DatasetTest;
import io.esrgan.image.Picture;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureActivityTest {
  @TempDir Path folder;

  private Path file;

  /** A narrow VGG19 whose third convolution gives -1, 2, -3 and 0 everywhere. */
  @BeforeEach
  void weights() throws IOException {
    Map<String, Weight> weights = new LinkedHashMap<>();
    put(weights, 0, 3, 0, 0, 0, 0);
    put(weights, 2, 4, 0, 0, 0, 0);
    put(weights, 5, 4, -1, 2, -3, 0);
    file = folder.resolve("features.safetensors");
    Weights.write(file, StateDict.of(weights));
  }

  private static void put(Map<String, Weight> weights, int number, int in, float... bias) {
    weights.put("features." + number + ".weight", Weight.of(new float[4 * in * 9], 4, in, 3, 3));
    weights.put("features." + number + ".bias", Weight.of(bias, 4));
  }

  @Test
  void theActiveAreThoseAboveZero() throws IOException {
    FeatureActivity activity = FeatureActivity.of(file.toString(), Optional.of("2_1"));
    FeatureActivity.Maps maps = activity.of(DatasetTest.noisy(20, 12));
    assertThat(activity.after()).isEqualTo("relu2_1");
    assertThat(List.of(maps.channels(), maps.height(), maps.width())).containsExactly(4, 6, 10);
    assertThat(maps.neurons()).isEqualTo(240);
    assertThat(maps.share()).isCloseTo(0.25, within(1e-12));
    assertThat(maps.before()).contains(-1f, 2f, -3f, 0f);
    assertThat(maps.after()).containsOnly(0f, -0f, 2f);
    Picture after = maps.row("a", DatasetTest.noisy(20, 12)).cells().get(2).picture();
    assertThat(after.width()).isEqualTo(8 * 48);
    assertThat(after.sample(0)).as("the first map").isZero();
    assertThat(after.sample(2 * 48 * after.width()))
        .as("two rows below, the second")
        .isEqualTo(255);
  }

  @Test
  void aLayerThatIsNoneAndAPictureTooSmallAreRefused() throws IOException {
    assertThatThrownBy(() -> FeatureActivity.of(file.toString(), Optional.of("9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("VGG19 has no layer \"conv9\"");
    FeatureActivity activity = FeatureActivity.of(file.toString(), Optional.of("2_1"));
    assertThatThrownBy(() -> activity.of(DatasetTest.noisy(1, 8)))
        .hasMessage("relu2_1 needs pictures of at least 2 pixels a side, not of 1x8");
  }
}
