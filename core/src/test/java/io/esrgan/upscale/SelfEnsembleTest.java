package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Orientation;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelfEnsembleTest {
  @Test
  void theNetworkSeesAllEightOrientations() {
    try (Scope scope = Scope.open()) {
      Tensor square = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
      Set<List<Float>> seen = new HashSet<>();
      for (Orientation orientation : Orientation.values()) {
        float[] turned = SelfEnsemble.turned(square, orientation).toFloats();
        seen.add(List.of(turned[0], turned[1], turned[2], turned[3]));
      }
      assertThat(seen).hasSize(8);
    }
  }

  @Test
  void whatANetworkDoesToOneCornerIsSharedByAllFour() {
    try (Scope scope = Scope.open()) {
      Tensor picture = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
      Tensor mean = SelfEnsemble.mean(picture, SelfEnsembleTest::cornerDoubled);
      assertThat(mean.toFloats()).containsExactly(1.25f, 2, 3.75f, 5, 5, 7.5f);
      assertThat(picture.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  private static Tensor cornerDoubled(Tensor input) {
    float[] values = input.toFloats();
    values[0] *= 2;
    return Tensor.of(values, input.shape());
  }

  @Test
  void aNetworkThatTurnsWithItsInputIsLeftAsItIs() {
    try (Scope scope = Scope.open()) {
      Tensor picture = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 1, 2, 3, 2);
      assertThat(SelfEnsemble.mean(picture, input -> input.upsampleNearest(2)).toFloats())
          .isEqualTo(picture.upsampleNearest(2).toFloats());
      assertThat(SelfEnsemble.mean(picture, input -> input).toFloats())
          .isEqualTo(picture.toFloats());
    }
  }
}
