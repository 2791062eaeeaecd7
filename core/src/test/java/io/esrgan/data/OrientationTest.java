package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrientationTest {

  @Property(tries = 200)
  void aCutIsTheSquareMirroredThenTurnedOverThenTransposed(
      @ForAll @IntRange(max = 7) int number,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(max = 5) int x,
      @ForAll @IntRange(max = 5) int y,
      @ForAll long seed) {
    int width = x + size + 2;
    byte[] picture = new byte[width * (y + size + 1) * channels];
    new Random(seed).nextBytes(picture);
    Orientation orientation = Orientation.of(number);
    float[] cut = new float[1 + channels * size * size];
    orientation.cut(picture, width, channels, x, y, size, cut, 1);
    assertThat(cut[0]).isZero();
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          int row = orientation.transposed() ? j : i;
          int column = orientation.transposed() ? i : j;
          int fromRow = y + (orientation.upsideDown() ? size - 1 - row : row);
          int fromColumn = x + (orientation.mirrored() ? size - 1 - column : column);
          int sample = picture[(fromRow * width + fromColumn) * channels + c] & 0xff;
          assertThat(cut[1 + (c * size + i) * size + j]).isEqualTo(sample / 255f);
        }
      }
    }
  }

  @Test
  void theEightAreDifferent() {
    byte[] square = {1, 2, 3, 4};
    Set<String> seen = new HashSet<>();
    for (int number = 0; number < 8; number++) {
      float[] cut = new float[4];
      Orientation.of(number).cut(square, 2, 1, 0, 0, 2, cut, 0);
      seen.add(Arrays.toString(cut));
    }
    assertThat(seen).hasSize(8);
    assertThat(Orientation.of(0)).isEqualTo(Orientation.UPRIGHT);
  }
}
