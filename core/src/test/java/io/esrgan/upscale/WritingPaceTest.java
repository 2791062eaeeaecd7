package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WritingPaceTest {

  @Test
  void growsWithThePictureAndIsOfTheSizeThatProcessorsHave() {
    WritingPace pace = new WritingPace();
    double seconds = pace.of(1e9).toMillis() / 1000.0;
    assertThat(seconds).isBetween(0.2, 2_000.0);
    double compiling = pace.of(0).toMillis() / 1000.0;
    assertThat(compiling).isPositive().isLessThan(1);
    assertThat(pace.of(2e9).toMillis() / 1000.0).isCloseTo(2 * seconds - compiling, within(0.01));
  }
}
