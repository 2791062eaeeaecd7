package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FinishTest {
  @Property(tries = 150)
  void rowsThatComeGiveWhatWholePlanesGive(
      @ForAll @IntRange(min = 1, max = 25) int width,
      @ForAll @IntRange(min = 1, max = 25) int height,
      @ForAll @IntRange(min = 2, max = 4) int scale,
      @ForAll @IntRange(max = 5) int backProjections,
      @ForAll @IntRange(min = 1, max = 9) int band,
      @ForAll boolean halved) {
    Plane low = noise(width, height);
    Plane high = noise(width * scale, height * scale);
    UpscaleOptions options = UpscaleOptions.PLAIN.withBackProjections(backProjections);
    Plane expected = high;
    for (int i = 0; i < backProjections; i++) {
      Plane missing = sum(low, Bicubic.resize(expected, 1.0 / scale), -1);
      expected = sum(expected, Bicubic.resize(missing, scale), 1);
    }
    if (halved && scale % 2 == 0) {
      options = options.withScale(scale / 2.0);
      expected = Bicubic.resize(expected, 0.5);
    }
    List<double[]> rows = new ArrayList<>();
    Finish finish = new Finish(width, height, scale, options, row -> rows.add(row.clone()));
    for (int y = 0; y < height; y += band) {
      int end = Math.min(height, y + band);
      for (int i = y; i < end; i++) {
        finish.low(row(low, i));
      }
      for (int i = y * scale; i < end * scale; i++) {
        finish.high(row(high, i));
      }
    }
    assertThat(rows).hasSize(expected.height());
    for (int y = 0; y < rows.size(); y++) {
      assertThat(rows.get(y)).containsExactly(row(expected, y));
    }
  }

  private static Plane noise(int width, int height) {
    return new Plane(
        width, height, new Random(width * 31L + height).doubles((long) width * height).toArray());
  }

  private static Plane sum(Plane a, Plane b, double factor) {
    double[] values = a.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += factor * b.values()[i];
    }
    return new Plane(a.width(), a.height(), values);
  }

  private static double[] row(Plane plane, int y) {
    return Arrays.copyOfRange(plane.values(), y * plane.width(), (y + 1) * plane.width());
  }
}
