package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Protocol RGB = new Protocol(Channel.RGB, 0);
  private static final Protocol Y = new Protocol(Channel.Y, 0);

  private static Picture noisy(int width, int height, Channels channels, long seed) {
    byte[] samples = new byte[width * height * channels.count()];
    new Random(seed).nextBytes(samples);
    return Picture.of8Bit(width, height, channels, samples, Metadata.NONE);
  }

  private static Picture flat(Channels channels, int... colour) {
    byte[] samples = new byte[16 * 16 * channels.count()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) colour[i % colour.length];
    }
    return Picture.of8Bit(16, 16, channels, samples, Metadata.NONE);
  }

  @Test
  void equalPicturesAreInfinitelyCloseAndWhollySimilar() {
    Picture picture = noisy(20, 30, Channels.RGB, 1);
    for (Protocol protocol : new Protocol[] {Y, RGB, Protocol.paper(4)}) {
      assertThat(new Psnr().measure(picture, picture, protocol)).isInfinite().isPositive();
      assertThat(new Ssim().measure(picture, picture, protocol)).isEqualTo(1, within(1e-12));
    }
  }

  @Test
  void psnrIsWhatTheDefinitionGives() {
    Picture a = flat(Channels.RGB, 10, 20, 30);
    Picture b = flat(Channels.RGB, 13, 20, 26);
    assertThat(new Psnr().measure(a, b, RGB))
        .isCloseTo(10 * Math.log10(255 * 255 / ((9 + 0 + 16) / 3.0)), within(1e-9));
    double luma = (65.481 * 3 - 24.966 * 4) / 255;
    assertThat(new Psnr().measure(a, b, Y))
        .isCloseTo(10 * Math.log10(255 * 255 / (luma * luma)), within(1e-9));
  }

  @Test
  void grayIsMeasuredAsItIsInEitherChannel() {
    Picture a = noisy(20, 20, Channels.GRAY, 1);
    Picture b = noisy(20, 20, Channels.GRAY, 2);
    for (Metric metric : new Metric[] {new Psnr(), new Ssim()}) {
      assertThat(metric.measure(a, b, Y)).isEqualTo(metric.measure(a, b, RGB));
    }
    assertThat(new Psnr().measure(flat(Channels.GRAY, 10), flat(Channels.GRAY, 12), Y))
        .isCloseTo(10 * Math.log10(255 * 255 / 4.0), within(1e-9));
  }

  @Test
  void theBorderIsNotLookedAt() {
    Picture a = noisy(20, 20, Channels.RGB, 1);
    byte[] samples = a.bytes().clone();
    Arrays.fill(samples, 0, 4 * 20 * 3, (byte) 0);
    Picture b = Picture.of8Bit(20, 20, Channels.RGB, samples, Metadata.NONE);
    assertThat(new Psnr().measure(a, b, new Protocol(Channel.RGB, 4))).isInfinite();
    assertThat(new Psnr().measure(a, b, new Protocol(Channel.RGB, 3))).isFinite();
  }

  @Test
  void sixteenBitsAreRoundedToEight() {
    short[] deep = new short[16 * 16];
    Arrays.fill(deep, (short) (100 * 257 + 128));
    Picture a = Picture.of16Bit(16, 16, Channels.GRAY, deep, Metadata.NONE);
    assertThat(new Psnr().measure(a, flat(Channels.GRAY, 100), Y)).isInfinite();
  }

  /** Against the definition, with a window that is not taken apart into rows and columns. */
  @Test
  void ssimIsWhatTheDefinitionGives() {
    Picture a = noisy(15, 13, Channels.GRAY, 1);
    Picture b = noisy(15, 13, Channels.GRAY, 2);
    double sum = 0;
    for (int y = 0; y <= 13 - 11; y++) {
      for (int x = 0; x <= 15 - 11; x++) {
        sum += windowSimilarity(a, b, x, y);
      }
    }
    assertThat(new Ssim().measure(a, b, Y)).isCloseTo(sum / 15, within(1e-9));
  }

  private static double windowSimilarity(Picture a, Picture b, int x0, int y0) {
    double total = 0;
    double[] means = new double[2];
    double[] moments = new double[3];
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 11; x++) {
        double w = Math.exp(-((x - 5) * (x - 5) + (y - 5) * (y - 5)) / 4.5);
        double p = a.sample(x0 + x, y0 + y, 0);
        double q = b.sample(x0 + x, y0 + y, 0);
        total += w;
        means[0] += w * p;
        means[1] += w * q;
        moments[0] += w * p * p;
        moments[1] += w * q * q;
        moments[2] += w * p * q;
      }
    }
    double p = means[0] / total;
    double q = means[1] / total;
    double c1 = 2.55 * 2.55;
    double c2 = 7.65 * 7.65;
    double variances = moments[0] / total - p * p + moments[1] / total - q * q;
    double covariance = moments[2] / total - p * q;
    return (2 * p * q + c1) * (2 * covariance + c2) / ((p * p + q * q + c1) * (variances + c2));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Picture picture = noisy(20, 18, Channels.RGB, 1);
    assertThatThrownBy(() -> new Psnr().measure(picture, noisy(18, 20, Channels.RGB, 1), Y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "only pictures of one size are compared; the reference has 20x18 pixels, the candidate"
                + " 18x20");
    assertThatThrownBy(() -> new Psnr().measure(picture, noisy(20, 18, Channels.GRAY, 1), Y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "only two gray or two RGB pictures are compared; the reference is RGB, the candidate"
                + " GRAY");
    assertThatThrownBy(() -> new Psnr().measure(picture, picture, new Protocol(Channel.Y, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a border of 9 pixels needs pictures of at least 19x19; these have 20x18");
    assertThatThrownBy(() -> new Ssim().measure(picture, picture, new Protocol(Channel.Y, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a border of 4 pixels needs pictures of at least 19x19; these have 20x18");
    assertThatThrownBy(() -> new Protocol(Channel.Y, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aProtocolSaysWhatItIs() {
    assertThat(Protocol.paper(4).stamp()).isEqualTo("Y channel, border 4, 8-bit rounding");
    assertThat(RGB.stamp()).isEqualTo("RGB, border 0, 8-bit rounding");
  }
}
