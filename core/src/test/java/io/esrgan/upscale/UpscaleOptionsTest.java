package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 7, 7",
    "2.5, 5, 13", // 12.5
    "2.5, 7, 18", // 17.5
    "1.15, 10, 12", // 11.5, which is a little less in floating point
    "1.01, 3, 3",
    "16, 100, 1600"
  })
  void aSideIsRoundedHalvesUpwards(double scale, int pixels, int side) {
    assertThat(UpscaleOptions.PLAIN.withScale(scale).side(pixels, 4)).isEqualTo(side);
  }

  @Test
  void withoutAScaleItIsTheNetworks() {
    assertThat(UpscaleOptions.PLAIN.scaleOf(4)).isEqualTo(4);
    assertThat(UpscaleOptions.PLAIN.side(10, 2)).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.99, -3, 16.5, Double.NaN, Double.POSITIVE_INFINITY})
  void otherScalesAreRefused(double scale) {
    assertThatThrownBy(() -> UpscaleOptions.PLAIN.withScale(scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scale is 1 to 16, whole or not; " + scale + " is none");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void otherNumbersOfBackProjectionsAreRefused(int number) {
    assertThatThrownBy(() -> UpscaleOptions.PLAIN.withBackProjections(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 100 times, not " + number);
  }
}
