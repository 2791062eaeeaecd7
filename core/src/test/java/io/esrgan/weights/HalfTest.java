package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalfTest {

  @Test
  void everyHalfComesBackFromItsFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertThat(Half.toFloat(Half.of(value))).isNaN();
      } else {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void aFloatBetweenTwoHalvesGoesToTheNearerAndFromTheMiddleToTheEven() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      short below = (short) random.nextInt(0x7bff);
      short above = (short) (below + 1);
      double low = Half.toFloat(below);
      double high = Half.toFloat(above);
      double middle = (low + high) / 2;
      assertThat(Half.of((float) middle)).isEqualTo((below & 1) == 0 ? below : above);
      assertThat(Half.of(Math.nextDown((float) middle))).isEqualTo(below);
      assertThat(Half.of(-Math.nextUp((float) middle))).isEqualTo((short) (above | 0x8000));
    }
  }

  @Test
  void whatIsTooLargeBecomesInfinite() {
    assertThat(Half.toFloat(Half.of(65519.99f))).isEqualTo(65504);
    assertThat(Half.toFloat(Half.of(65520f))).isInfinite();
    assertThat(Half.toFloat(Half.of(-1e9f))).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void bfloat16RoundsToTheNearestEven() {
    float tie = Float.intBitsToFloat(0x3f808000);
    float justAbove = Float.intBitsToFloat(0x3f808001);
    float oddTie = Float.intBitsToFloat(0x3f818000);
    float[] rounded = Weight.of(new float[] {tie, justAbove, oddTie}, 3).in(Dtype.BF16).floats();
    assertThat(rounded)
        .containsExactly(
            Float.intBitsToFloat(0x3f800000),
            Float.intBitsToFloat(0x3f810000),
            Float.intBitsToFloat(0x3f820000));
  }
}
