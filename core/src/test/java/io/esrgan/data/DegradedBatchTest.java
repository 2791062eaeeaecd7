package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.degrade.Degradation;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradedBatchTest {
  private static final BatchPlan PLAN =
      new BatchPlan(3, 16, 4, 3, Sampling.AREA, 0, true, Optional.of(Degradation.REAL_ESRGAN));

  @TempDir Path folder;

  @Test
  void aRunThatIsResumedOnMoreThreadsSeesTheSameBatches() throws IOException {
    byte[] samples = new byte[180 * 170 * 3];
    new Random(1).nextBytes(samples);
    Picture picture = Picture.of8Bit(180, 170, Picture.Channels.RGB, samples, Metadata.NONE);
    Images.write(picture, folder.resolve("noise.png"), false);
    PictureFolder pictures = PictureFolder.open(List.of(folder), PLAN.piece());
    try (BatchLoader whole = new BatchLoader(pictures, PLAN, 5, 0);
        BatchLoader resumed = new BatchLoader(pictures, PLAN, 5, 2, 3, 1 << 20)) {
      Batch first = whole.next();
      whole.next();
      Batch third = whole.next();
      Batch again = resumed.next();
      assertThat(again.low()).isEqualTo(third.low()).isNotEqualTo(first.low());
      assertThat(again.high()).isEqualTo(third.high());
      assertThat(again.target()).isEqualTo(third.target()).isNotEqualTo(third.high());
    }
  }
}
