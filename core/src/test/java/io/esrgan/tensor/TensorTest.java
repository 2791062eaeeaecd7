package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void aConvolutionIsACrossCorrelationWithZeroPadding() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    Tensor weight = Tensor.of(new float[] {0, 0, 0, 0, 1, 10, 0, 100, 1000}, 1, 1, 3, 3);
    Tensor bias = Tensor.of(new float[] {0.5f}, 1);
    assertThat(x.convolve(weight, bias, 1, 1).toFloats())
        .containsExactly(4321.5f, 402.5f, 43.5f, 4.5f);
  }

  @Test
  void unshuffleTakesChannelsInPyTorchsOrderAndShuffleUndoesIt() {
    Tensor x = Tensor.of(range(16), 1, 1, 4, 4);
    Tensor folded = x.pixelUnshuffle(2);
    assertThat(folded.shape()).containsExactly(1, 4, 2, 2);
    assertThat(folded.toFloats())
        .containsExactly(0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15);
    assertThat(folded.pixelShuffle(2).toFloats()).containsExactly(x.toFloats());
  }

  @Test
  void nearestUpsamplingRepeatsPixels() {
    Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 1, 2);
    assertThat(x.upsampleNearest(2).toFloats()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
  }

  @Test
  void channelsLastChangesMemoryAndNotValues() {
    Tensor x = Tensor.of(range(24), 1, 2, 3, 4);
    assertThat(x.channelsLast().toFloats()).containsExactly(x.toFloats());
  }

  @Test
  void aChannelsLastViewReadsOutHeightWidthIn() {
    Tensor flat = Tensor.of(range(20), 20);
    Tensor view = flat.channelsLastView(4, 1, 2, 2, 2);
    assertThat(view.toFloats()).containsExactly(4, 6, 8, 10, 5, 7, 9, 11);
  }

  @Test
  void gradientsAccumulateIntoTheGivenTensor() {
    Tensor x = Tensor.of(new float[] {1, -2}, 2);
    Tensor gradient = Tensor.zeros(Precision.FLOAT32, Device.CPU, 2);
    x.requireGradient(gradient);
    x.l1Loss(Tensor.of(new float[] {0, 0}, 2)).backward();
    x.l1Loss(Tensor.of(new float[] {0, 0}, 2)).backward();
    assertThat(gradient.toFloats()).containsExactly(1, -1);
  }

  @Test
  void gradientsReachFloat32WeightsThroughBfloat16() {
    Tensor x = Tensor.of(new float[] {3}, 1);
    Tensor gradient = Tensor.zeros(Precision.FLOAT32, Device.CPU, 1);
    x.requireGradient(gradient);
    x.to(Precision.BFLOAT16).times(2).to(Precision.FLOAT32).sum().backward();
    assertThat(gradient.toFloats()).containsExactly(new float[] {2}, within(1e-6f));
  }

  @Test
  void nothingIsRecordedWithGradientsOff() {
    Tensor x = Tensor.of(new float[] {1}, 1);
    x.requireGradient(Tensor.zeros(Precision.FLOAT32, Device.CPU, 1));
    try (Gradients none = Gradients.off()) {
      assertThatThrownBy(() -> x.times(2).backward()).hasMessageContaining("wants a gradient");
    }
  }

  @Test
  void wrongShapesAreCaughtInJavaWithBothShapesNamed() {
    Tensor x = Tensor.of(range(16), 1, 1, 4, 4);
    Tensor other = Tensor.of(range(9), 1, 1, 3, 3);
    Tensor flat = Tensor.of(range(16), 16);
    Tensor half = x.to(Precision.BFLOAT16);
    Tensor one = Tensor.of(new float[] {1}, 1);
    Tensor dot = one.reshape(1, 1, 1, 1);
    List<Runnable> misuses =
        List.of(
            () -> x.plus(other),
            () -> x.convolve(Tensor.of(range(18), 1, 2, 3, 3), null, 1, 1),
            () -> x.convolve(other, Tensor.of(range(2), 2), 1, 1),
            () -> half.convolve(other, null, 1, 1),
            () -> Tensor.of(range(4), 1, 1, 2, 2).convolve(other, null, 1, 0),
            () -> x.convolve(other, null, 0, 1),
            () -> Tensor.concatenate(List.of(x, other)),
            () -> Tensor.concatenate(List.of()),
            () -> other.pixelUnshuffle(2),
            () -> x.pixelShuffle(2),
            () -> x.upsampleNearest(0),
            () -> flat.channelsLast(),
            () -> x.l1Loss(other),
            () -> x.reshape(3, 5),
            () -> x.padReflect(4, 0),
            () -> x.assign(other),
            () -> x.times(x),
            () -> Tensor.of(range(6), 2, 3).times(Tensor.of(range(6), 2, 3)),
            () -> Tensor.of(range(6), 2, 3).times(Tensor.of(range(3), 3).to(Precision.BFLOAT16)),
            () -> flat.dot(Tensor.of(range(3), 3)),
            () -> x.dot(x),
            () -> flat.transposed(),
            () -> flat.gramMatrices(1, 1),
            () -> x.gramMatrices(5, 1),
            () -> x.gramMatrices(1, 0),
            () -> flat.dividedBy(flat),
            () -> flat.dividedBy(half.mean()),
            () -> flat.batchNorm(flat, flat, flat, flat, false, 0.1, 1e-5),
            () -> x.batchNorm(flat, flat, flat, flat, false, 0.1, 1e-5),
            () -> x.batchNorm(one, one, one, one.to(Precision.BFLOAT16), false, 0.1, 1e-5),
            () -> dot.batchNorm(one, one, one, one, true, 0.1, 1e-5),
            () -> x.normalise(new double[2], new double[] {1, 1}),
            () -> flat.normalise(new double[1], new double[1]),
            () -> x.maxPool(5, 1),
            () -> x.maxPool(2, 0),
            () -> flat.maxPool(2, 2),
            () -> x.maxPool(6, 2, true),
            () -> flat.unitChannels(1e-10),
            () -> x.upsampleBilinear(0),
            () -> flat.upsampleBilinear(2),
            () -> x.meanSquaredError(other),
            () -> x.backward(),
            () -> Tensor.of(range(3), 2, 2),
            () -> Tensor.zeros(Precision.FLOAT32, Device.CPU, -1));
    for (Runnable misuse : misuses) {
      assertThatThrownBy(misuse::run).isInstanceOf(IllegalArgumentException.class);
    }
    for (Runnable misuse :
        List.<Runnable>of(
            () -> x.slice(4, 0, 1),
            () -> x.slice(3, 2, 3),
            () -> x.size(-1),
            () -> flat.channelsLastView(10, 1, 1, 3, 3))) {
      assertThatThrownBy(misuse::run).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aMatrixTimesAMatrixOrAVector() {
    Tensor matrix = Tensor.of(range(6), 2, 3);
    assertThat(matrix.times(matrix.transposed()).toFloats()).containsExactly(5, 14, 14, 50);
    Tensor vector = Tensor.of(range(3), 3);
    assertThat(matrix.times(vector).toFloats()).containsExactly(5, 14);
    assertThat(vector.dot(vector).item()).isEqualTo(5);
  }

  @Test
  void numbersAreDividedRaisedAndSquared() {
    Tensor x = Tensor.of(new float[] {-2, 1, 4}, 3);
    assertThat(x.dividedBy(Tensor.of(new float[] {4}, 1)).toFloats())
        .containsExactly(-0.5f, 0.25f, 1);
    assertThat(x.atLeast(0.5).toFloats()).containsExactly(0.5f, 1, 4);
    assertThat(x.square().toFloats()).containsExactly(4, 1, 16);
  }

  @Test
  void softplusIsExactWhereExponentialsOverflow() {
    Tensor x = Tensor.of(new float[] {-200, 0, 200}, 3);
    assertThat(x.softplus().toFloats())
        .containsExactly(new float[] {0, (float) Math.log(2), 200}, within(1e-6f));
  }

  @Test
  void strideSkipsPositions() {
    Tensor x = Tensor.of(range(16), 1, 1, 4, 4);
    Tensor weight = Tensor.of(new float[] {1}, 1, 1, 1, 1);
    assertThat(x.convolve(weight, null, 2, 0).toFloats()).containsExactly(0, 2, 8, 10);
  }

  @Test
  void poolingTakesTheLargestAndDropsWhatDoesNotFit() {
    Tensor x = Tensor.of(range(25), 1, 1, 5, 5);
    assertThat(x.maxPool(2, 2).toFloats()).containsExactly(6, 8, 16, 18);
    assertThat(x.maxPool(3, 2).toFloats()).containsExactly(12, 14, 22, 24);
  }

  @Test
  void poolingOverTheEdgeTakesSquaresThatBeginInTheMap() {
    Tensor x = Tensor.of(range(16), 1, 1, 4, 4);
    assertThat(x.maxPool(3, 2, true).toFloats()).containsExactly(10, 11, 14, 15);
    assertThat(x.maxPool(3, 2, false).toFloats()).containsExactly(10);
  }

  @Test
  void channelsOfUnitLengthKeepTheirDirectionAndZerosStayZeros() {
    Tensor x = Tensor.of(new float[] {3, 0, 4, 0}, 1, 2, 1, 2);
    assertThat(x.unitChannels(1e-10).toFloats()).containsExactly(0.6f, 0, 0.8f, 0);
  }

  @Test
  void bilinearUpsamplingRepeatsTheEdge() {
    Tensor x = Tensor.of(new float[] {0, 4}, 1, 1, 1, 2);
    assertThat(x.upsampleBilinear(2).toFloats()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
  }

  @Test
  void channelsAreNormalisedEachByItsOwn() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 1, 2);
    assertThat(x.normalise(new double[] {1, 2}, new double[] {0.5, 2}).toFloats())
        .containsExactly(0, 2, 0.5f, 1);
    assertThat(x.to(Precision.BFLOAT16).normalise(new double[2], new double[] {1, 1}).precision())
        .isEqualTo(Precision.BFLOAT16);
  }

  @Test
  void meanSquaredErrorIsAMean() {
    Tensor x = Tensor.of(new float[] {1, 2}, 2);
    assertThat(x.meanSquaredError(Tensor.of(new float[] {0, 4}, 2)).item()).isEqualTo(2.5);
  }

  @Test
  void partsOfOneTensorMayChangeUnwatchedWhileGradientsOfOthersAreDue() {
    Tensor both = Tensor.of(new float[] {3, 5}, 2);
    Tensor gradient = Tensor.zeros(Precision.FLOAT32, Device.CPU, 1);
    Tensor weight = both.slice(0, 0, 1).requireGradient(gradient);
    Tensor loss = weight.square().sum();
    both.unwatched().slice(0, 1, 1).timesInPlace(2);
    loss.backward();
    assertThat(gradient.toFloats()).containsExactly(6);
    assertThat(both.toFloats()).containsExactly(3, 10);
  }

  @Test
  void finiteIsTold() {
    Tensor x = Tensor.of(new float[] {1, Float.MAX_VALUE}, 2);
    assertThat(x.isFinite()).isTrue();
    assertThat(x.times(10).isFinite()).isFalse();
    assertThat(x.times(-10).isFinite()).isFalse();
    assertThat(x.to(Precision.BFLOAT16).times(0).isFinite()).isFalse(); // infinite, times 0
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 16, 22})
  void oneNumberThatIsNoneIsSeenAnywhere(int place) {
    float[] values = range(23);
    values[place] = Float.NaN;
    assertThat(Tensor.of(values, 23).isFinite()).isFalse();
    assertThat(Tensor.of(range(23), 23).isFinite()).isTrue();
    float[] forThreads = range(100_000); // each looks at its own
    forThreads[place * 4_000] = Float.NaN;
    assertThat(Tensor.of(forThreads, 100_000).isFinite()).isFalse();
  }

  @Test
  void flatIsWhatHasOneValueInEveryChannel() {
    assertThat(Tensor.of(new float[] {2, 2, 2, 2, 5, 5, 5, 5}, 1, 2, 2, 2).isFlat()).isTrue();
    assertThat(Tensor.of(new float[] {2, 3, 2, 3}, 1, 1, 2, 2).isFlat()).isFalse();
    assertThat(Tensor.of(new float[] {2, 2, 2, 3}, 1, 1, 2, 2).isFlat()).isFalse();
    assertThat(Tensor.of(new float[] {2, 2, 2, 2, 2, 2, 4, 2}, 1, 2, 2, 2).isFlat()).isFalse();
  }

  private static float[] range(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }
}
