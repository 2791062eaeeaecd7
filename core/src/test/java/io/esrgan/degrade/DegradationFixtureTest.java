package io.esrgan.degrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Differences;
import io.esrgan.Fixtures;
import io.esrgan.image.JpegLoss;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each part of the degradation against NumPy, PyTorch and Pillow: {@code make_degradations.py}. */
class DegradationFixtureTest {
  private static final double TOLERANCE = 1e-5;
  private static StateDict answers;

  @BeforeAll
  static void read() throws IOException {
    answers = Weights.read(Fixtures.resource("/io/esrgan/degrade/degradations.safetensors"));
  }

  @Test
  void kernelsAreThoseOfNumPy() {
    int count = 0;
    for (String name : answers.weights().keySet()) {
      String[] words = name.split("/", -1);
      if (words.length == 6 || words[0].equals("sinc")) {
        Kernel kernel = kernel(words);
        assertThat(Differences.largest(kernel.weights(), answers.get(name).floats()))
            .as(name)
            .isLessThan(1e-7);
        count++;
      }
    }
    assertThat(count).isEqualTo(12);
  }

  @Test
  void filteringMirrorsTheEdgeAsNumPyDoes() {
    Kernel kernel = Kernel.gaussian(13, 0.6, 2.9, 0.7);
    expect("filtered", kernel.filter(planes("picture")));
  }

  @Test
  void sharpeningIsThatOfNumPyThoughTheBlurReachesFartherThanThePicture() {
    Planes picture = planes("picture");
    Planes sharp = Sharpening.sharpen(picture);
    expect("sharpened", sharp);
    assertThat(Differences.largest(sharp.values(), picture.values())).isGreaterThan(0.1);
  }

  @Test
  void resizingIsThatOfPyTorch() {
    Planes picture = planes("picture");
    float[] first = new float[picture.pixels()];
    System.arraycopy(picture.values(), 0, first, 0, first.length);
    Planes plane = new Planes(1, picture.height(), picture.width(), first);
    int count = 0;
    for (String name : answers.weights().keySet()) {
      String[] words = name.split("/", -1);
      if (words.length >= 3 && (words[1].equals("by") || words[1].equals("to"))) {
        Resizing way = Resizing.valueOf(words[0].toUpperCase(Locale.ROOT));
        expect(
            name,
            words[1].equals("by")
                ? way.by(plane, Double.parseDouble(words[2]))
                : way.to(plane, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
        count++;
      }
    }
    assertThat(count).isEqualTo(24);
  }

  @Test
  void jpegLosesWhatPillowsLoses() {
    Planes picture = planes("picture");
    for (int quality : new int[] {30, 90}) {
      Planes read = Planes.of(JpegLoss.of(picture.toPicture(), quality));
      float[] expected = answers.get("jpeg/" + quality).floats();
      for (int i = 0; i < expected.length; i++) {
        expected[i] /= 255;
      }
      assertThat(Differences.largest(read.values(), expected))
          .as("quality %d", quality)
          .isLessThan(2.5 / 255); // two versions of libjpeg, which round colours differently
    }
  }

  private static Kernel kernel(String[] words) {
    int size = Integer.parseInt(words[1]);
    double[] numbers = new double[words.length];
    for (int i = 2; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return switch (words[0]) {
      case "gaussian" -> Kernel.gaussian(size, numbers[2], numbers[3], numbers[4]);
      case "generalised" ->
          Kernel.generalised(size, numbers[2], numbers[3], numbers[4], numbers[5]);
      case "plateau" -> Kernel.plateau(size, numbers[2], numbers[3], numbers[4], numbers[5]);
      default -> Kernel.sinc(size, numbers[2]);
    };
  }

  private static Planes planes(String name) {
    Weight weight = answers.get(name);
    return new Planes(
        (int) weight.extent(0), (int) weight.extent(1), (int) weight.extent(2), weight.floats());
  }

  private static void expect(String name, Planes actual) {
    Planes expected = planes(name);
    assertThat(actual.height()).as(name).isEqualTo(expected.height());
    assertThat(actual.width()).as(name).isEqualTo(expected.width());
    assertThat(Differences.largest(actual.values(), expected.values()))
        .as(name)
        .isLessThan(TOLERANCE);
  }
}
