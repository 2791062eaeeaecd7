package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.TestData;
import io.esrgan.metric.Lpips.Backbone;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** LPIPS against PyTorch's, with weights that follow from their names. */
class LpipsTest {
  private static final double TOLERANCE = 1e-5;
  private static final Protocol RGB = new Protocol(Channel.RGB, 0);

  @TempDir static Path folder;

  @ParameterizedTest
  @EnumSource
  void measuresAsPyTorchDoes(Backbone backbone) throws IOException {
    agree(NamedLpips.read(backbone, folder), backbone, "named");
  }

  @ParameterizedTest
  @EnumSource
  void measuresAsPyTorchDoesWithTheAuthorsLinearLayers(Backbone backbone) throws IOException {
    String file = NamedLpips.name(backbone) + ".pth";
    Path linear = TestData.folder().resolve("weights/lpips-v0.1").resolve(file);
    agree(Lpips.read(backbone, NamedLpips.classifier(backbone, folder), linear), backbone, "real");
  }

  private static void agree(Lpips lpips, Backbone backbone, String kind) throws IOException {
    String prefix = NamedLpips.name(backbone) + "." + kind + ".";
    StateDict answers =
        Weights.read(Fixtures.resource("/io/esrgan/lpips/lpips.safetensors")).under(prefix);
    assertThat(answers.size()).isPositive();
    for (String size : answers.names()) {
      String[] sides = size.split("x", -1);
      int width = Integer.parseInt(sides[0]);
      int height = Integer.parseInt(sides[1]);
      double measured = lpips.measure(picture(width, height, 0), picture(width, height, 2), RGB);
      assertThat(measured)
          .as(prefix + size)
          .isCloseTo(answers.get(size).floats()[0], within(TOLERANCE));
    }
  }

  @Test
  void equalPicturesAreNotApartAndTheOrderDoesNotMatter() throws IOException {
    Lpips lpips = NamedLpips.read(Backbone.ALEX, folder);
    Picture a = picture(64, 48, 0);
    Picture b = picture(64, 48, 1);
    assertThat(lpips.measure(a, a, RGB)).isZero();
    assertThat(lpips.measure(a, b, RGB)).isPositive().isEqualTo(lpips.measure(b, a, RGB));
  }

  @Test
  void grayIsSeenAsThreeEqualColours() throws IOException {
    Lpips lpips = NamedLpips.read(Backbone.ALEX, folder);
    byte[] grays = picture(64, 48, 0).crop(0, 0, 64, 16).to8Bits().bytes();
    byte[] others = picture(64, 48, 2).crop(0, 0, 64, 16).to8Bits().bytes();
    assertThat(lpips.measure(gray(grays, 1), gray(others, 1), RGB))
        .isEqualTo(lpips.measure(gray(grays, 3), gray(others, 3), RGB));
  }

  private static Picture gray(byte[] grays, int copies) {
    byte[] bytes = new byte[grays.length * copies];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = grays[i / copies];
    }
    Channels channels = copies == 1 ? Channels.GRAY : Channels.RGB;
    return Picture.of8Bit(64, 48, channels, bytes, Metadata.NONE);
  }

  @ParameterizedTest
  @CsvSource({"ALEX, 31", "VGG, 16", "SQUEEZE, 17"})
  void aPictureThatDoesNotReachTheLastTapIsRefused(Backbone backbone, int least)
      throws IOException {
    Lpips lpips = NamedLpips.read(backbone, folder);
    Picture fits = picture(least, least, 0);
    assertThat(lpips.measure(fits, fits, RGB)).isZero();
    Picture small = picture(least, least - 1, 0);
    assertThatThrownBy(() -> lpips.measure(small, small, RGB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least %dx%d".formatted(least, least));
    assertThatThrownBy(() -> lpips.measure(fits, fits, Protocol.paper(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes RGB");
  }

  @Test
  void filesThatHoldSomethingElseAreNamed() throws IOException {
    Path alex = NamedLpips.classifier(Backbone.ALEX, folder);
    Path vgg = NamedLpips.linear(Backbone.VGG, folder);
    assertThatThrownBy(() -> Lpips.read(Backbone.ALEX, alex, alex))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(alex + ": holds AlexNet, a classifier, not the linear layers");
    assertThatThrownBy(() -> Lpips.read(Backbone.VGG, alex, vgg))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not VGG16");
    assertThatThrownBy(() -> Lpips.read(Backbone.ALEX, alex, vgg))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(vgg + ": lin1.model.1.weight is")
        .hasMessageContaining("not 192 finite weights");
  }

  @Test
  void itsNumbersDependOnBothFiles() throws IOException {
    Path classifier = NamedLpips.classifier(Backbone.SQUEEZE, folder);
    Path linear = NamedLpips.linear(Backbone.SQUEEZE, folder);
    assertThat(Lpips.read(Backbone.SQUEEZE, classifier, linear).weights())
        .containsExactly(Weights.sha256(classifier), Weights.sha256(linear));
  }

  /** What {@code picture} of {@code make_lpips.py} gives. */
  private static Picture picture(int width, int height, int seed) {
    byte[] bytes = new byte[3 * width * height];
    for (int i = 0; i < bytes.length; i++) {
      int c = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      bytes[i] = (byte) (x * (7 + seed) + y * (13 - seed) + c * 91 + x * y * (c + 1) / 5);
    }
    return Picture.of8Bit(width, height, Channels.RGB, bytes, Metadata.NONE);
  }
}
