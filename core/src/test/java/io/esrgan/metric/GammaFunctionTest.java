package io.esrgan.metric;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GammaFunctionTest {
  @Test
  void isTheFactorialAtWholeNumbersAndTheRootOfPiAtAHalf() {
    double factorial = 1;
    for (int n = 1; n <= 20; n++) {
      assertThat(GammaFunction.of(n)).isCloseTo(factorial, relative(factorial));
      factorial *= n;
    }
    assertThat(GammaFunction.of(0.5)).isCloseTo(Math.sqrt(Math.PI), relative(1));
  }

  @Property
  void obeysItsRecurrenceAndReflection(@ForAll @DoubleRange(min = 0.05, max = 40) double x) {
    double next = x * GammaFunction.of(x);
    assertThat(GammaFunction.of(x + 1)).isCloseTo(next, relative(next));
    double fraction = Math.max(0.05, x % 1);
    if (fraction < 0.95) {
      double reflected = Math.PI / Math.sin(Math.PI * fraction);
      assertThat(GammaFunction.of(fraction) * GammaFunction.of(1 - fraction))
          .isCloseTo(reflected, relative(reflected));
    }
  }

  private static Offset<Double> relative(double value) {
    return Offset.offset(1e-12 * Math.abs(value));
  }
}
