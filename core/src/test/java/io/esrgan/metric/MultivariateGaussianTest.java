package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultivariateGaussianTest {
  private static final double NO = Double.NaN;

  @Test
  void theDistanceIsInUnitsOfTheSpread() {
    MultivariateGaussian a = new MultivariateGaussian(new double[2], new double[] {1, 0, 0, 4});
    MultivariateGaussian b =
        new MultivariateGaussian(new double[] {3, 8}, new double[] {1, 0, 0, 4});
    assertThat(a.distance(b)).isCloseTo(5, within(1e-12));
    assertThat(b.distance(a)).isCloseTo(5, within(1e-12));
    assertThat(a.distance(a)).isZero();
  }

  @Test
  void directionsWithoutSpreadDoNotCount() {
    // All spread lies along (1, 1), on which the means are 4 / sqrt(2) apart; its variance is 2.
    MultivariateGaussian a = new MultivariateGaussian(new double[2], new double[] {1, 1, 1, 1});
    MultivariateGaussian b =
        new MultivariateGaussian(new double[] {1, 3}, new double[] {1, 1, 1, 1});
    assertThat(a.distance(b)).isCloseTo(2, within(1e-12));
  }

  @Test
  void rowsWithGapsCountForTheMeansOnly() {
    MultivariateGaussian fit =
        MultivariateGaussian.fit(
            List.of(new double[] {0, 1}, new double[] {2, 1}, new double[] {NO, 4}));
    MultivariateGaussian same =
        new MultivariateGaussian(new double[] {1, 2}, new double[] {2, 0, 0, 0});
    MultivariateGaussian apart =
        new MultivariateGaussian(new double[] {1, 5}, new double[] {2, 0, 0, 18});
    assertThat(fit.distance(same)).isZero();
    assertThat(fit.distance(apart)).isCloseTo(1, within(1e-12)); // 3 / sqrt((0 + 18) / 2)
  }

  @Test
  void noChangeOfUnitsAndAxesChangesTheDistance() {
    Random random = new Random(2);
    int size = 12;
    double[][] map = new double[size][];
    for (int i = 0; i < size; i++) {
      map[i] = random.doubles(size, -1, 1).toArray();
      map[i][i] += 3;
    }
    List<double[]> first = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      first.add(random.doubles(size).toArray());
      second.add(random.doubles(size, 0.2, 3).toArray());
    }
    double expected = MultivariateGaussian.fit(first).distance(MultivariateGaussian.fit(second));
    double mapped =
        MultivariateGaussian.fit(mapped(first, map))
            .distance(MultivariateGaussian.fit(mapped(second, map)));
    assertThat(mapped).isCloseTo(expected, within(1e-9));
  }

  private static List<double[]> mapped(List<double[]> rows, double[][] map) {
    List<double[]> mapped = new ArrayList<>();
    for (double[] row : rows) {
      double[] to = new double[row.length];
      for (int i = 0; i < row.length; i++) {
        for (int j = 0; j < row.length; j++) {
          to[i] += map[i][j] * row[j];
        }
      }
      mapped.add(to);
    }
    return mapped;
  }
}
