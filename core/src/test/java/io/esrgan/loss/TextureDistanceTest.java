package io.esrgan.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Answers;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The distance of textures against PyTorch's, and what it does not see. */
class TextureDistanceTest {

  @Test
  void distanceAndGradientOfWholePatchesAreThoseOfPyTorch() throws IOException {
    Answers answers = Answers.of("steps");
    try (Scope scope = Scope.open()) {
      Tensor gradient = answers.zeros("patches.made");
      Tensor value =
          new TextureDistance(2)
              .of(answers.learned("patches.made", gradient), answers.tensor("patches.wanted"));
      value.backward();
      answers.expect("patches", value, 1e-6);
      answers.expect("patches.gradient", gradient, 1e-6);
    }
  }

  @Test
  void positionsWithinAPatchMayBeExchangedAndPatchesMayNot() {
    try (Scope scope = Scope.open()) {
      Tensor maps = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 2, 2);
      Tensor moved = Tensor.of(new float[] {3, 4, 1, 2, 7, 8, 5, 6}, 1, 2, 2, 2);
      assertThat(new TextureDistance(2).of(maps, moved).item()).isZero();
      assertThat(new TextureDistance(1).of(maps, moved).item()).isPositive();
    }
  }

  @Test
  void aMapSmallerThanAPatchIsOnePatch() {
    try (Scope scope = Scope.open()) {
      Tensor a = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
      Tensor b = Tensor.of(new float[] {0, 1, 0, 1, 0, 1}, 1, 1, 2, 3);
      assertThat(new TextureDistance(16).of(a, b).item()).isCloseTo(88.0 * 88, within(1e-3));
    }
  }

  @Test
  void aPatchHasPositions() {
    assertThatThrownBy(() -> new TextureDistance(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a patch of side 0 has no positions");
  }
}
