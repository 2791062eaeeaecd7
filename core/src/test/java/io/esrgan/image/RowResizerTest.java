package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.image.Picture.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowResizerTest {

  @Property(tries = 300)
  void rowsThatComeGiveWhatTheWholePictureGives(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 60) int newWidth,
      @ForAll @IntRange(min = 1, max = 60) int newHeight,
      @ForAll Channels channels) {
    Picture picture = TestPictures.noisy(width, height, channels, 16);
    Samples samples = new Samples(picture, newWidth, newHeight, true);
    RowResizer resizer =
        RowResizer.of(width, height, channels.count(), newWidth, newHeight, samples::store);
    TestPictures.assertSame(samples.through(resizer), Bicubic.resize(picture, newWidth, newHeight));
  }

  @Property(tries = 200)
  void everyValueIsTheKernelsSum(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 30) int newWidth,
      @ForAll @IntRange(min = 1, max = 30) int newHeight) {
    double[][] input = noise(width, height);
    List<double[]> rows = resized(input, width, newWidth, newHeight);
    assertThat(rows).hasSize(newHeight);
    for (int y = 0; y < newHeight; y++) {
      double[] down = weights(height, newHeight, y);
      for (int x = 0; x < newWidth; x++) {
        double[] across = weights(width, newWidth, x);
        double sum = 0;
        for (int i = 0; i < height; i++) {
          for (int j = 0; j < width; j++) {
            sum += down[i] * across[j] * input[i][j];
          }
        }
        assertThat(rows.get(y)[x]).isCloseTo(sum, within(1e-9));
      }
    }
  }

  /** Each input sample's share of an output sample, its mirror images' shares included. */
  private static double[] weights(int length, int newLength, int output) {
    double scale = (double) newLength / length;
    double stretch = Math.min(1, scale);
    double centre = (output + 0.5) / scale - 0.5;
    double[] weights = new double[length];
    double sum = 0;
    for (int at = -60 * length; at < 60 * length; at++) {
      double share = Taps.cubic(stretch * (centre - at));
      int place = Math.floorMod(at, 2 * length);
      weights[place < length ? place : 2 * length - 1 - place] += share;
      sum += share;
    }
    for (int i = 0; i < length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double[][] noise(int width, int height) {
    Random random = new Random(width * 31L + height);
    double[][] rows = new double[height][];
    for (int y = 0; y < height; y++) {
      rows[y] = random.doubles(width).toArray();
    }
    return rows;
  }

  private static List<double[]> resized(double[][] input, int width, int newWidth, int newHeight) {
    List<double[]> rows = new ArrayList<>();
    RowResizer resizer =
        RowResizer.of(width, input.length, 1, newWidth, newHeight, row -> rows.add(row.clone()));
    for (double[] row : input) {
      resizer.accept(row);
    }
    return rows;
  }

  @Test
  void aRowIsThereAsSoonAsTheLastThatItIsMadeOf() {
    List<Integer> made = new ArrayList<>();
    int[] rows = {0};
    RowResizer twice = RowResizer.of(3, 10, 1, 6, 20, row -> rows[0]++);
    for (int y = 0; y < 10; y++) {
      twice.accept(new double[3]);
      made.add(rows[0]);
    }
    // Row 2y is made of the rows y - 2 to y + 1, row 2y + 1 of y - 1 to y + 2; below there is none.
    assertThat(made).containsExactly(0, 1, 3, 5, 7, 9, 11, 13, 15, 20);
    rows[0] = 0;
    made.clear();
    RowResizer half = RowResizer.of(3, 10, 1, 2, 5, row -> rows[0]++);
    for (int y = 0; y < 10; y++) {
      half.accept(new double[3]);
      made.add(rows[0]);
    }
    // Row y is made of the rows 2y - 3 to 2y + 4.
    assertThat(made).containsExactly(0, 0, 0, 0, 1, 1, 2, 2, 3, 5);
  }

  @Test
  void whatIsNoRowOfThePictureIsRefused() {
    RowResizer resizer = RowResizer.of(4, 2, 3, 8, 4, row -> {});
    assertThatThrownBy(() -> resizer.accept(new double[4]))
        .hasMessage("a row has 12 values, not 4");
    resizer.accept(new double[12]);
    resizer.accept(new double[12]);
    assertThatThrownBy(() -> resizer.accept(new double[12]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> RowResizer.of(4, 2, 3, 8, 0, row -> {}))
        .hasMessageContaining("8x0 pixels");
  }
}
