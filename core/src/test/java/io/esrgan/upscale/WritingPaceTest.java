package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.tensor.Engine;
import org.junit.jupiter.api.Test;

class WritingPaceTest {

  @Test
  void growsWithThePictureAndIsOfTheSizeThatProcessorsHave() {
    WritingPace pace = new WritingPace();
    double seconds = pace.of(1e9).toMillis() / 1000.0;
    assertThat(seconds * Engine.threads()).isBetween(1.0, 10_000.0);
    assertThat(pace.of(2e9).toMillis() / 1000.0).isCloseTo(2 * seconds, within(0.01));
  }
}
