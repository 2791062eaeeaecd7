package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WritingPaceTest {

  @Test
  void isOfTheSizeThatProcessorsHave() {
    assertThat(WritingPace.secondsPerByte()).isBetween(1e-9, 1e-5); // 1 GB/s to 0.1 MB/s
  }
}
