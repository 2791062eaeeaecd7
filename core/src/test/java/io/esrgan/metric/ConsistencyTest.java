package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  @Property(tries = 150)
  void isThePsnrOfTheResultShrunkAgain(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(max = 60) int wider,
      @ForAll @IntRange(max = 60) int higher,
      @ForAll boolean gray) {
    Channels channels = gray ? Channels.GRAY : Channels.RGB;
    Picture low = noise(width, height, channels);
    Picture high = noise(width + wider, height + higher, channels);
    Picture shrunk = Bicubic.resize(high, width, height);
    assertThat(Consistency.of(low, high))
        .isEqualTo(new Psnr().measure(low, shrunk, new Protocol(Channel.RGB, 0)), within(1e-9));
  }

  @Property(tries = 100)
  void rowsThatComeGiveWhatWholePicturesGive(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 7) int band,
      @ForAll Channels channels) {
    Picture low = noise(width, height, channels);
    Picture high = noise(width * 3, height * 3, channels);
    Consistency consistency =
        new Consistency(
            low.width(), low.height(), low.channels(), low.maximum(), high.width(), high.height());
    for (int y = 0; y < height; y += band) {
      int rows = Math.min(band, height - y);
      consistency.low(low.crop(0, y, width, rows));
      consistency.high(high.crop(0, 3 * y, 3 * width, 3 * rows));
    }
    assertThat(consistency.decibels()).isEqualTo(Consistency.of(low, high));
  }

  @Test
  void aPictureAgreesWithItselfToTheLastSample() {
    for (Channels channels : Channels.values()) {
      Picture picture = noise(9, 5, channels);
      assertThat(Consistency.of(picture, picture)).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void oneStepOfGrayIsAsMuchAsItsShareOfTheWholeRange() {
    Picture dark = flat(Picture.of8Bit(4, 4, Channels.GRAY, new byte[16], Metadata.NONE), 100);
    Picture light = flat(Picture.of8Bit(8, 8, Channels.GRAY, new byte[64], Metadata.NONE), 101);
    assertThat(Consistency.of(dark, light)).isEqualTo(20 * Math.log10(255), within(1e-9));
    short[] low = new short[16];
    short[] high = new short[64];
    Arrays.fill(high, (short) 257);
    assertThat(
            Consistency.of(
                Picture.of16Bit(4, 4, Channels.GRAY, low, Metadata.NONE),
                Picture.of16Bit(8, 8, Channels.GRAY, high, Metadata.NONE)))
        .isEqualTo(20 * Math.log10(255), within(1e-9));
  }

  private static Picture flat(Picture picture, int value) {
    Arrays.fill(picture.bytes(), (byte) value);
    return picture;
  }

  @Test
  void coloursThatNobodySeesDoNotCount() {
    Picture low = noise(6, 6, Channels.RGB_ALPHA);
    Picture high = Bicubic.enlarge(low, 2);
    double before = Consistency.of(low, high);
    for (int i = 0; i < 36; i++) {
      low.bytes()[4 * i + 3] = 0;
    }
    for (int i = 0; i < 144; i++) {
      high.bytes()[4 * i + 3] = 0;
    }
    assertThat(before).isLessThan(60);
    assertThat(Consistency.of(low, high)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Picture low = noise(6, 6, Channels.RGB);
    assertThatThrownBy(() -> Consistency.of(low, noise(5, 12, Channels.RGB)))
        .hasMessageContaining("5x12 pixels are no enlargement of 6x6 RGB");
    assertThatThrownBy(() -> Consistency.of(low, noise(12, 12, Channels.GRAY)))
        .hasMessageContaining("of the same kind");
    Consistency begun =
        new Consistency(low.width(), low.height(), low.channels(), low.maximum(), 12, 12);
    begun.low(low);
    assertThatThrownBy(begun::decibels)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("0 of 6 rows can be compared so far");
  }

  private static Picture noise(int width, int height, Channels channels) {
    byte[] samples = new byte[width * height * channels.count()];
    new Random(width * 31L + height).nextBytes(samples);
    return Picture.of8Bit(width, height, channels, samples, Metadata.NONE);
  }
}
