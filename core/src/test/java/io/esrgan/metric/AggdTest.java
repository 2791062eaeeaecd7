package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class AggdTest {
  private static final int MANY = 200_000;

  private final Random random = new Random(3);

  private double[] draw(DoubleUnaryOperator ofGaussian) {
    return random.doubles(MANY).map(u -> ofGaussian.applyAsDouble(random.nextGaussian())).toArray();
  }

  @Test
  void aGaussianHasShapeTwo() {
    Aggd fit = Aggd.fit(draw(g -> 3 * g));
    assertThat(fit.shape()).isCloseTo(2, within(0.05));
    assertThat(fit.left()).isCloseTo(3 * Math.sqrt(2), within(0.1));
    assertThat(fit.right()).isCloseTo(3 * Math.sqrt(2), within(0.1));
    assertThat(fit.mean()).isCloseTo(0, within(0.05));
  }

  @Test
  void aLaplacianHasShapeOne() {
    double[] values =
        random
            .doubles(MANY)
            .map(u -> Math.copySign(0.5 * Math.log(1 - random.nextDouble()), u - 0.5))
            .toArray();
    Aggd fit = Aggd.fit(values);
    assertThat(fit.shape()).isCloseTo(1, within(0.03));
    assertThat(fit.left()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void unequalSidesAreTold() {
    // A side is drawn as often as it is wide.
    double[] values = draw(g -> random.nextDouble() < 1.0 / 3 ? -Math.abs(g) : 2 * Math.abs(g));
    Aggd fit = Aggd.fit(values);
    assertThat(fit.shape()).isCloseTo(2, within(0.05));
    assertThat(fit.left()).isCloseTo(Math.sqrt(2), within(0.03));
    assertThat(fit.right()).isCloseTo(2 * Math.sqrt(2), within(0.05));
    assertThat(fit.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.02));
  }

  @Test
  void theScaleOfNumbersScalesTheSidesAndNotTheShape() {
    double[] values = draw(g -> g + g * g / 4);
    Aggd fit = Aggd.fit(values);
    Aggd larger = Aggd.fit(Arrays.stream(values).map(v -> 8 * v).toArray());
    assertThat(larger.shape()).isEqualTo(fit.shape());
    assertThat(larger.left()).isCloseTo(8 * fit.left(), within(1e-9));
    Aggd mirrored = Aggd.fit(Arrays.stream(values).map(v -> -v).toArray());
    assertThat(mirrored.left()).isEqualTo(fit.right());
    assertThat(mirrored.mean()).isCloseTo(-fit.mean(), within(1e-12));
  }

  @Test
  void shapesEndAtTheGrid() {
    assertThat(Aggd.fit(new double[] {-1, 1, -1, 1}).shape()).isCloseTo(10, within(1e-9));
    double[] spike = new double[100_000];
    spike[0] = 1;
    spike[1] = -1;
    assertThat(Aggd.fit(spike).shape()).isEqualTo(0.2);
  }

  @Test
  void anEmptySideIsNoNumber() {
    Aggd positive = Aggd.fit(new double[] {1, 2, 0});
    assertThat(positive.left()).isNaN();
    assertThat(positive.mean()).isNaN();
    assertThat(positive.right()).isPositive();
    assertThat(positive.shape()).isEqualTo(0.2);
    assertThat(Aggd.fit(new double[4]).right()).isNaN();
  }
}
