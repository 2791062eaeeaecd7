package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Bicubic.Convention;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShrinkCheckTest {
  @TempDir Path folder;

  @Test
  void ourShrinkIsAcceptedInBothConventionsInGrayAndWithALevelOfRounding() throws IOException {
    Picture plain = picture("plain", 1, Channels.RGB);
    low("plain", Bicubic.shrink(plain.crop(0, 0, 64, 48), 4));
    Picture rounded = picture("rounded", 2, Channels.RGB);
    low("rounded", Bicubic.shrink(rounded.crop(0, 0, 64, 48), 4, Convention.ROUNDED_BETWEEN));
    Picture gray = picture("gray", 3, Channels.GRAY);
    low("gray", Bicubic.shrink(gray.crop(0, 0, 64, 48), 4));
    Picture near = picture("near", 4, Channels.RGB);
    Picture small = Bicubic.shrink(near.crop(0, 0, 64, 48), 4);
    low("near", changed(small, 7, 1));
    open().requireShrunk(4, 2);
  }

  @Test
  void picturesThatDifferAreCountedAndTheFirstIsNamedWithHowFarItIsOff() throws IOException {
    Picture first = picture("a", 1, Channels.RGB);
    low("a", Bicubic.shrink(first.crop(0, 0, 64, 48), 4));
    Picture second = picture("b", 2, Channels.RGB);
    low("b", changed(Bicubic.shrink(second.crop(0, 0, 64, 48), 4), 5, 24));
    Picture third = picture("c", 3, Channels.RGB);
    low("c", Bicubic.shrink(third.crop(1, 1, 64, 48), 4));
    assertThatThrownBy(() -> open().requireShrunk(4, 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "2 of 3 low-resolution pictures are not our bicubic shrink (the first: %s is off by up"
                + " to 24 levels of 255, by 0.04 on average)",
            folder.resolve("LR").resolve("b.png"));
  }

  @Test
  void bicubicWithoutAntialiasingAsOpenCvDoesItIsFound() throws IOException {
    Picture high = picture("a", 1, Channels.RGB);
    low("a", withoutAntialiasing(high, 16, 12));
    assertThatThrownBy(() -> open().requireShrunk(4, 1))
        .hasMessageContaining("1 of 1")
        .hasMessageContaining("OpenCV");
  }

  @Test
  void theUsualBenchmarkFilesAreAccepted() throws IOException {
    Path set = TestData.folder().resolve("benchmark").resolve("Set14");
    PictureFolder pairs =
        PictureFolder.openPairs(List.of(set.resolve("HR")), List.of(set.resolve("LRx4")), 4, 128);
    assertThat(pairs.sources()).isNotEmpty();
    pairs.requireShrunk(4, 2);
  }

  /** Noise and a gradient, 66 x 49, written under HR. */
  private Picture picture(String name, int seed, Channels channels) throws IOException {
    Random random = new Random(seed);
    byte[] samples = new byte[66 * 49 * channels.count()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (60 + i % 66 + random.nextInt(120));
    }
    Picture picture = Picture.of8Bit(66, 49, channels, samples, Metadata.NONE);
    write(picture, "HR", name);
    return picture;
  }

  private void low(String name, Picture picture) throws IOException {
    write(picture, "LR", name);
  }

  private void write(Picture picture, String within, String name) throws IOException {
    Path file = folder.resolve(within).resolve(name + ".png");
    Files.createDirectories(file.getParent());
    Images.write(picture, file, false);
  }

  private static Picture changed(Picture picture, int index, int by) {
    byte[] samples = picture.bytes().clone();
    samples[index] += (byte) ((samples[index] & 0xff) > 128 ? -by : by);
    return Picture.of8Bit(
        picture.width(), picture.height(), picture.channels(), samples, Metadata.NONE);
  }

  /** Cubic convolution over the four nearest pixels a side, a = -0.75, between them halfway. */
  private static Picture withoutAntialiasing(Picture picture, int width, int height) {
    double[] weights = {-0.09375, 0.59375, 0.59375, -0.09375};
    byte[] samples = new byte[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      double sum = 0;
      for (int dy = 0; dy < 4; dy++) {
        for (int dx = 0; dx < 4; dx++) {
          sum += weights[dy] * weights[dx] * picture.sample(4 * x + dx, 4 * y + dy, i % 3);
        }
      }
      samples[i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
    }
    return Picture.of8Bit(width, height, Channels.RGB, samples, Metadata.NONE);
  }

  private PictureFolder open() throws IOException {
    return PictureFolder.openPairs(
        List.of(folder.resolve("HR")), List.of(folder.resolve("LR")), 4, 16);
  }
}
