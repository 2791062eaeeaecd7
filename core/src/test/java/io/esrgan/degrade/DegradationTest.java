package io.esrgan.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.JpegLoss;
import io.esrgan.random.Dice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DegradationTest {

  @Test
  void theSameDiceMakeTheSameAndOthersMakeOthers() {
    Planes high = flat(3, 64, 0.4f);
    float[] first = Degradation.REAL_ESRGAN.degrade(high, 4, new Dice(1, 2, 3)).values();
    assertThat(Degradation.REAL_ESRGAN.degrade(high, 4, new Dice(1, 2, 3)).values())
        .isEqualTo(first);
    assertThat(Degradation.REAL_ESRGAN.degrade(high, 4, new Dice(1, 2, 4)).values())
        .isNotEqualTo(first);
  }

  @Test
  void whatComesOutHas8BitsAndTheSizeWanted() {
    for (int channels : new int[] {1, 3}) {
      for (int sample = 0; sample < 40; sample++) {
        Dice dice = new Dice(7, 0, sample);
        Planes low = Degradation.REAL_ESRGAN.degrade(flat(channels, 48, 0.7f), 4, dice);
        assertThat(low.height()).isEqualTo(12);
        assertThat(low.width()).isEqualTo(12);
        assertThat(low.values()).hasSize(channels * 144);
        for (float value : low.values()) {
          assertThat(value).isBetween(0f, 1f);
          assertThat(value * 255).isCloseTo(Math.round(value * 255), within(1e-3f));
        }
      }
    }
  }

  @Test
  void noiseHasTheDeviationAskedFor() {
    Planes flat = flat(3, 100, 0.5f);
    assertThat(deviation(Noise.gaussian(flat, 20, false, new Dice(1, 0, 0))))
        .isCloseTo(20 / 255.0, within(0.001));
    Planes ramp = flat(1, 256, 0);
    for (int i = 0; i < ramp.values().length; i++) {
      ramp.values()[i] = i % 256 / 255f;
    }
    Planes noisy = Noise.poisson(ramp, 1, false, new Dice(1, 0, 0));
    double sum = 0; // of squares at level 128 over the mean, 1/256 of it as 256 photons are white
    for (int y = 0; y < 256; y++) {
      double off = noisy.values()[y * 256 + 128] - 128 / 255.0;
      sum += off * off;
    }
    assertThat(sum / 256).isCloseTo(128 / 255.0 / 256, within(0.0006));
  }

  @Test
  void grayNoiseIsTheSameInAllChannels() {
    Planes flat = flat(3, 20, 0.5f);
    for (Planes noisy :
        new Planes[] {
          Noise.gaussian(flat, 20, true, new Dice(1, 0, 0)),
          Noise.poisson(flat, 1, true, new Dice(1, 0, 0))
        }) {
      float[] red = Arrays.copyOf(noisy.values(), 400);
      assertThat(Arrays.copyOfRange(noisy.values(), 400, 800)).isEqualTo(red);
      assertThat(deviation(noisy)).isPositive();
    }
  }

  @Test
  void jpegLosesMoreTheLowerTheQuality() {
    Planes noisy = Noise.gaussian(flat(3, 64, 0.5f), 25, false, new Dice(1, 0, 0)).rounded();
    double last = 0;
    for (double quality : new double[] {95, 60, 30.5}) {
      Planes read = Planes.of(JpegLoss.of(noisy.toPicture(), quality));
      double apart = 0;
      for (int i = 0; i < read.values().length; i++) {
        apart += Math.abs(read.values()[i] - noisy.values()[i]);
      }
      assertThat(apart).isGreaterThan(last);
      last = apart;
    }
  }

  private static Planes flat(int channels, int side, float value) {
    Planes planes = Planes.zeros(channels, side, side);
    Arrays.fill(planes.values(), value);
    return planes;
  }

  private static double deviation(Planes planes) {
    double sum = 0;
    double squares = 0;
    for (float value : planes.values()) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / planes.values().length;
    return Math.sqrt(squares / planes.values().length - mean * mean);
  }
}
