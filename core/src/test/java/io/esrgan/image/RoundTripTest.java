package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Channels.class)
  void pngAndTiffKeepEverySampleOfEveryKind(Channels channels) throws IOException {
    for (String ending : new String[] {"png", "tif"}) {
      for (int bits : new int[] {8, 16}) {
        Picture picture = TestPictures.noisy(37, 23, channels, bits);
        Path file = folder.resolve(channels + "" + bits + "." + ending);
        Images.write(picture, file, false);
        TestPictures.assertSame(Images.read(file), picture);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Channels.class,
      names = {"GRAY", "RGB"})
  void bmpKeepsEverySampleOfEightBits(Channels channels) throws IOException {
    Picture picture = TestPictures.noisy(37, 23, channels, 8);
    Path file = folder.resolve("picture.bmp");
    Images.write(picture, file, false);
    TestPictures.assertSame(Images.read(file), picture);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "127, 0", "128, 0", "129, 1", "32767, 127", "32768, 128", "65407, 255"})
  void sixteenBitsAreRoundedToEight(int deep, int expected) {
    Picture picture =
        Picture.of16Bit(1, 1, Channels.GRAY, new short[] {(short) deep}, Metadata.NONE);
    assertThat(picture.to8Bits().sample(0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Channels.class,
      names = {"GRAY", "RGB"})
  void jpegComesBackCloseAndWithItsChroma(Channels channels) throws IOException {
    Random random = new Random(3);
    byte[] samples = new byte[64 * 48 * channels.count()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / channels.count();
      // Columns one pixel wide of red and blue survive only where chroma is not thinned out.
      samples[i] = (byte) (pixel % 2 == 0 ? 60 + 120 * (i % channels.count() / 2) : 90);
      samples[i] += (byte) random.nextInt(3);
    }
    Picture picture = Picture.of8Bit(64, 48, channels, samples, Metadata.NONE);
    Path file = folder.resolve("picture.jpg");
    Images.write(picture, file, false);
    Picture back = Images.read(file);
    assertThat(back.channels()).isEqualTo(channels);
    for (int i = 0; i < samples.length; i++) {
      assertThat(back.sample(i)).isBetween(picture.sample(i) - 12, picture.sample(i) + 12);
    }
  }
}
