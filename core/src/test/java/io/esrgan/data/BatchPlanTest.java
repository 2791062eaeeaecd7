package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchPlanTest {

  @Test
  void theLowCropIsTheHighCropOverTheScale() {
    assertThat(new BatchPlan(16, 128, 4, 3, Sampling.AREA, 0, true).lowCrop()).isEqualTo(32);
  }

  @Test
  void aCropThatTheScaleDoesNotDivideIsRefusedWithTheNextSmallerOne() {
    assertThatThrownBy(() -> new BatchPlan(16, 130, 4, 3, Sampling.AREA, 0, true))
        .hasMessage("a crop of 130 pixels cannot be cut at scale 4: try 128");
  }

  @Test
  void twoChannelsAreRefused() {
    assertThatThrownBy(() -> new BatchPlan(16, 128, 4, 2, Sampling.AREA, 0, true))
        .hasMessage("2 channels: only 1 and 3 are possible");
  }

  @Test
  void aBatchThatNoArrayHoldsIsRefused() {
    assertThat(new BatchPlan(699_050, 32, 4, 3, Sampling.AREA, 0, true).size()).isEqualTo(699_050);
    assertThatThrownBy(() -> new BatchPlan(699_051, 32, 4, 3, Sampling.AREA, 0, true))
        .hasMessage(
            "a batch of 699051 crops of 32x32 pixels is too large: at most 699050 are possible");
    assertThat(BatchPlan.mostPairs(Integer.MAX_VALUE, 3)).isZero();
  }
}
