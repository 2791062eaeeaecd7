package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** RMSE, and PSNR against the input. */
class DistanceMetricsTest {
  private static final Protocol RGB = new Protocol(Channel.RGB, 0);

  private static Picture flat(int value) {
    byte[] bytes = new byte[3 * 16 * 12];
    Arrays.fill(bytes, (byte) value);
    return Picture.of8Bit(16, 12, Channels.RGB, bytes, Metadata.NONE);
  }

  @Property(tries = 50)
  void rootMeanSquareErrorOfFlatPicturesIsTheirDifference(
      @ForAll @IntRange(max = 255) int a, @ForAll @IntRange(max = 255) int b) {
    double difference = Math.abs(a - b);
    Rmse rmse = new Rmse();
    assertThat(rmse.measure(flat(a), flat(b), RGB)).isCloseTo(difference, within(1e-9));
    assertThat(rmse.measure(flat(a), flat(b), Protocol.paper(4)))
        .isCloseTo(difference * (65.481 + 128.553 + 24.966) / 255, within(1e-9));
  }

  @Property(tries = 50)
  void aPictureIsLighterByTheDifferenceOfItsLevels(
      @ForAll @IntRange(max = 255) int a, @ForAll @IntRange(max = 255) int b) {
    BrightnessShift shift = new BrightnessShift();
    assertThat(shift.measure(flat(a), flat(b), Protocol.paper(4)))
        .isCloseTo(b - a, within(1e-3)); // luma's coefficients add up to 219.001
  }

  @Test
  void overASetSquaresAreAveraged() {
    assertThat(new Rmse().mean(List.of(3.0, 4.0))).isCloseTo(Math.sqrt(12.5), within(1e-12));
    assertThat(new Psnr().mean(List.of(3.0, 4.0))).isEqualTo(3.5);
  }

  @Test
  void agreementIsMeasuredAgainstTheInput() {
    Picture low = flat(100);
    LowPsnr metric = new LowPsnr();
    assertThat(metric.measure(low, Bicubic.enlarge(low, 4), RGB)).isInfinite();
    assertThat(metric.measure(low, Bicubic.enlarge(flat(101), 4), RGB))
        .isCloseTo(20 * Math.log10(255), within(1e-9));
    assertThatThrownBy(() -> metric.measure(low, low, Protocol.paper(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LR-PSNR takes RGB without a border");
  }
}
