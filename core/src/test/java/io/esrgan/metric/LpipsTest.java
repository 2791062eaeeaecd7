package io.esrgan.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.TestData;
import io.esrgan.metric.Lpips.Backbone;
import io.esrgan.model.AlexNet;
import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.SqueezeNet;
import io.esrgan.model.Vgg16;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** LPIPS against PyTorch's, with weights that follow from their names. */
class LpipsTest {
  private static final double TOLERANCE = 1e-5;
  private static final Protocol RGB = new Protocol(Channel.RGB, 0);
  private static final int[] VGG16 = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
  private static final int[] VGG16_WIDTHS = {
    64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512
  };

  @TempDir static Path folder;

  @ParameterizedTest
  @EnumSource
  void measuresAsPyTorchDoes(Backbone backbone) throws IOException {
    agree(Lpips.read(backbone, classifier(backbone), linear(backbone)), backbone, "named");
  }

  @ParameterizedTest
  @EnumSource
  void measuresAsPyTorchDoesWithTheAuthorsLinearLayers(Backbone backbone) throws IOException {
    String file = name(backbone) + ".pth";
    Path linear = TestData.folder().resolve("weights/lpips-v0.1").resolve(file);
    agree(Lpips.read(backbone, classifier(backbone), linear), backbone, "real");
  }

  private static void agree(Lpips lpips, Backbone backbone, String kind) throws IOException {
    String prefix = name(backbone) + "." + kind + ".";
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
    Lpips lpips = Lpips.read(Backbone.ALEX, classifier(Backbone.ALEX), linear(Backbone.ALEX));
    Picture a = picture(64, 48, 0);
    Picture b = picture(64, 48, 1);
    assertThat(lpips.measure(a, a, RGB)).isZero();
    assertThat(lpips.measure(a, b, RGB)).isPositive().isEqualTo(lpips.measure(b, a, RGB));
  }

  @Test
  void grayIsSeenAsThreeEqualColours() throws IOException {
    Lpips lpips = Lpips.read(Backbone.ALEX, classifier(Backbone.ALEX), linear(Backbone.ALEX));
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
    Lpips lpips = Lpips.read(backbone, classifier(backbone), linear(backbone));
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
    Path alex = classifier(Backbone.ALEX);
    Path vgg = linear(Backbone.VGG);
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
    Path classifier = classifier(Backbone.SQUEEZE);
    Path linear = linear(Backbone.SQUEEZE);
    assertThat(Lpips.read(Backbone.SQUEEZE, classifier, linear).weights())
        .containsExactly(Weights.sha256(classifier), Weights.sha256(linear));
  }

  private static String name(Backbone backbone) {
    return backbone.name().toLowerCase(Locale.ROOT);
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

  private static Path classifier(Backbone backbone) throws IOException {
    FeatureNetwork network =
        switch (backbone) {
          case ALEX -> new AlexNet(backbone.taps());
          case VGG -> new Vgg16(widths(), backbone.taps());
          case SQUEEZE -> SqueezeNet.ofTorchvision(backbone.taps());
        };
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      weights.put(parameter.name(), byName(parameter.name(), false, parameter.shape()));
    }
    return written(name(backbone) + ".safetensors", weights);
  }

  private static Map<Integer, Integer> widths() {
    Map<Integer, Integer> widths = new HashMap<>();
    for (int i = 0; i < VGG16.length; i++) {
      widths.put(VGG16[i], VGG16_WIDTHS[i]);
    }
    return widths;
  }

  private static Path linear(Backbone backbone) throws IOException {
    int[] widths =
        switch (backbone) {
          case ALEX -> new int[] {64, 192, 384, 256, 256};
          case VGG -> new int[] {64, 128, 256, 512, 512};
          case SQUEEZE -> new int[] {64, 128, 256, 384, 384, 512, 512};
        };
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (int width : widths) {
      String name = "lin%d.model.1.weight".formatted(weights.size());
      weights.put(name, byName(name, true, 1, width, 1, 1));
    }
    return written("lpips-" + name(backbone) + ".safetensors", weights);
  }

  private static Path written(String name, Map<String, Weight> weights) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Weights.write(file, StateDict.of(weights));
    }
    return file;
  }

  /** What {@code by_name} of {@code make_lpips.py} gives, or its absolute value. */
  private static Weight byName(String name, boolean absolute, long... shape) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    long seed = crc.getValue() % 1009;
    int count = 1;
    for (long extent : shape) {
      count *= (int) extent;
    }
    double spread = Math.sqrt(6.0 / (shape.length > 1 ? count / shape[0] : 100));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      long drawn = (i * 911L + seed * 31) * (i + seed) % 1009 - 504;
      values[i] = (float) (drawn / 504.0 * spread);
      values[i] = absolute ? Math.abs(values[i]) : values[i];
    }
    return Weight.of(values, shape);
  }
}
