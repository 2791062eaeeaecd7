package io.esrgan.metric;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.TestData;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiqeTest {
  @TempDir Path folder;

  /** Fitted to the samples; the usual parameters are not here. */
  private static final Path PARAMETERS = Fixtures.resource("/io/esrgan/metric/niqe-samples.npz");

  private static Niqe niqe() throws IOException {
    return Niqe.read(PARAMETERS);
  }

  private static Picture sample(String name) throws IOException {
    return Images.read(Path.of("..", "samples", name + ".png"));
  }

  private static Picture gray(int width, int height, byte[] samples) {
    return Picture.of8Bit(width, height, Channels.GRAY, samples, Metadata.NONE);
  }

  private interface At {
    int value(int x, int y);
  }

  private static Picture gray(int width, int height, At at) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) at.value(i % width, i / width);
    }
    return gray(width, height, samples);
  }

  private static Picture luma(Picture p) {
    return gray(
        p.width(),
        p.height(),
        (x, y) ->
            (int)
                Math.rint(
                    16
                        + (65.481 * p.sample(x, y, 0)
                                + 128.553 * p.sample(x, y, 1)
                                + 24.966 * p.sample(x, y, 2))
                            / 255));
  }

  /** The same changes that make_niqe.py makes. */
  private static Picture changed(Picture p, String change) {
    int w = p.width();
    int h = p.height();
    return switch (change) {
      case "itself" -> p;
      case "border 4" -> p.crop(4, 4, w - 8, h - 8);
      case "transposed" -> gray(h, w, (x, y) -> p.sample(y, x, 0));
      case "two blocks" -> p.crop(0, 0, 200, 100);
      case "averaged" ->
          gray(
              w - 1,
              h - 1,
              (x, y) ->
                  (p.sample(x, y, 0)
                          + p.sample(x + 1, y, 0)
                          + p.sample(x, y + 1, 0)
                          + p.sample(x + 1, y + 1, 0))
                      / 4);
      case "flat corner" -> gray(w, h, (x, y) -> x < 120 && y < 120 ? 77 : p.sample(x, y, 0));
      default -> throw new IllegalArgumentException(change);
    };
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/esrgan/metric/niqe.csv", numLinesToSkip = 1)
  void isWhatScipyMakesOfIt(String name, String change, double expected) throws IOException {
    Picture picture = changed(luma(sample(name)), change);
    assertThat(niqe().measure(picture, 0)).isCloseTo(expected, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"astronaut", "chelsea", "coffee"})
  void coloursAreMeasuredAsTheirLumaAndTheBorderIsCutFirst(String name) throws IOException {
    Picture picture = sample(name);
    assertThat(niqe().measure(picture, 0)).isEqualTo(niqe().measure(luma(picture), 0));
    assertThat(niqe().measure(picture, 4))
        .isEqualTo(niqe().measure(changed(luma(picture), "border 4"), 0));
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws IOException {
    Picture picture = sample("chelsea");
    short[] samples = new short[picture.bytes().length];
    for (int i = 0; i < samples.length; i++) {
      int noise = i % 201 - 100; // less than half a step of 257
      samples[i] = (short) Math.max(0, Math.min(65535, picture.sample(i) * 257 + noise));
    }
    Picture deep =
        Picture.of16Bit(
            picture.width(), picture.height(), picture.channels(), samples, Metadata.NONE);
    assertThat(niqe().measure(deep, 0)).isEqualTo(niqe().measure(picture, 0));
  }

  @Test
  void whatLiesBeyondWholeBlocksIsNotLookedAt() throws IOException {
    Picture p = luma(sample("chelsea")); // 451 x 300: 4 x 3 blocks
    Picture more = gray(460, 310, (x, y) -> x < 384 && y < 288 ? p.sample(x, y, 0) : x * y % 256);
    assertThat(niqe().measure(more, 0)).isEqualTo(niqe().measure(p, 0));
  }

  @Test
  void severalThreadsGetTheSameNumber() throws IOException {
    Niqe niqe = niqe();
    Picture picture = sample("chelsea");
    assertThat(IntStream.range(0, 8).parallel().mapToDouble(i -> niqe.measure(picture, 0)))
        .containsOnly(niqe.measure(picture, 0));
  }

  @Test
  void standsAmongMetricsAndLooksAtTheCandidateAlone() throws IOException {
    Metric metric = niqe();
    Picture picture = sample("chelsea");
    Picture other = gray(1, 1, new byte[1]);
    assertThat(metric.measure(other, picture, new Protocol(Channel.Y, 4)))
        .isEqualTo(niqe().measure(picture, 4));
    assertThat(metric.higherIsBetter()).isFalse();
    assertThatThrownBy(() -> metric.measure(other, picture, new Protocol(Channel.RGB, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NIQE takes the Y channel, not RGB, border 4, 8-bit rounding");
  }

  @Test
  void picturesThatCannotBeMeasuredSayWhy() throws IOException {
    refused(
        sample("chelsea").crop(0, 0, 191, 100),
        0,
        "NIQE needs two blocks of 96x96 pixels inside a border of 0; this picture has 191x100");
    refused(
        sample("chelsea").crop(0, 0, 199, 107),
        4,
        "NIQE needs two blocks of 96x96 pixels inside a border of 4; this picture has 199x107");
    refused(
        gray(4, 4, new byte[16]),
        100,
        "NIQE needs two blocks of 96x96 pixels inside a border of 100; this picture has 4x4");
    refused(
        Picture.of8Bit(200, 200, Channels.RGB_ALPHA, new byte[200 * 200 * 4], Metadata.NONE),
        0,
        "NIQE is of gray or RGB pictures; this one is RGB_ALPHA");
    byte[] flat = new byte[288 * 192];
    Arrays.fill(flat, (byte) 77);
    refused(
        gray(288, 192, flat),
        0,
        "NIQE needs two blocks of 96x96 pixels that are not flat; of the 6 of this picture 6 are");
  }

  private static void refused(Picture picture, int border, String message) throws IOException {
    Niqe niqe = niqe();
    assertThatThrownBy(() -> niqe.measure(picture, border))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrays.npz", "objects.npz", "views.zip.pth", "README.md"})
  void otherFilesAreNoParameters(String name) {
    Path file = Fixtures.resource("/io/esrgan/weights/" + name);
    assertThatThrownBy(() -> Niqe.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mu_pris_param", "cov_pris_param", "gaussian_window"})
  void parametersThatAreNotFiniteAreNamed(String array) throws IOException {
    Path copy = folder.resolve("copy.npz");
    Files.write(copy, withInfinity(Files.readAllBytes(PARAMETERS), array));
    assertThat(Weights.readNumpy(copy).get(array).doubles()).contains(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> Niqe.read(copy))
        .isInstanceOf(IOException.class)
        .hasMessage(
            copy + ": the array %s is not finite; name BasicSR's niqe_pris_params.npz", array);
  }

  /** Sets the second number of an array to infinity, and its checksum to none there. */
  private static byte[] withInfinity(byte[] file, String name) {
    byte[] damaged = file.clone();
    String text = new String(file, ISO_8859_1);
    int array = text.indexOf("NUMPY", text.indexOf(name)) - 1;
    int numbers = array + 10 + (file[array + 8] & 0xff);
    damaged[numbers + 8 + 6] = (byte) 0xf0;
    damaged[numbers + 8 + 7] = 0x7f;
    Arrays.fill(damaged, numbers + 8, numbers + 8 + 6, (byte) 0);
    int entry = text.lastIndexOf(name) - 46;
    Arrays.fill(damaged, entry + 16, entry + 20, (byte) 0);
    return damaged;
  }

  /**
   * MATLAB's number for BasicSR's baboon.png, as BasicSR documents it (its own is 5.7295763); the
   * blocks are the same in the whole picture of Set14.
   */
  @Test
  void baboonMeasuresAsInMatlab() throws IOException {
    Path data = TestData.folder();
    Niqe niqe = Niqe.read(data.resolve("weights/niqe_pris_params.npz"));
    Picture baboon = Images.read(data.resolve("benchmark/Set14/HR/img_001.png"));
    assertThat(niqe.measure(baboon, 0)).isCloseTo(5.72957338, within(1e-6));
  }
}
