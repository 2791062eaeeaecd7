package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BrightnessHistogramTest {
  private static final int SIDE = 64;

  private static Picture gray(byte[] samples) {
    return Picture.of8Bit(SIDE, SIDE, Picture.Channels.GRAY, samples, Metadata.NONE);
  }

  @Test
  void textureIsBlurredAwayAndTheMeanStays() {
    byte[] samples = new byte[SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) ((i + i / SIDE) % 2 == 0 ? 90 : 110); // a chequered board
    }
    BrightnessHistogram histogram = new BrightnessHistogram(4);
    histogram.add(gray(samples));
    assertThat(histogram.shares()).hasSize(256);
    assertThat(Arrays.stream(histogram.shares()).sum()).isCloseTo(1, within(1e-12));
    assertThat(histogram.shares()[100]).isCloseTo(1, within(1e-12));
  }

  @Test
  void picturesCountByTheirPixels() {
    byte[] light = new byte[SIDE * SIDE];
    Arrays.fill(light, (byte) 200);
    BrightnessHistogram histogram = new BrightnessHistogram(1);
    histogram.add(gray(new byte[SIDE * SIDE]));
    histogram.add(gray(light));
    assertThat(histogram.shares()[0]).isCloseTo(0.5, within(1e-12));
    assertThat(histogram.shares()[200]).isCloseTo(0.5, within(1e-12));
  }
}
