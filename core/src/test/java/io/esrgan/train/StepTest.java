package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.data.Batch;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a step makes of several batches, of long gradients and of steps that nobody wants. */
class StepTest {
  private static final int LOW = 8;
  private static final int SCALE = 4;
  private static final double NO_LIMIT = 0;

  /** A step's measurements and the weights after it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Stepped(Losses losses, float[] weights) {}

  @Test
  void severalBatchesAreOneBatchOfAllTheirPictures() {
    List<Batch> three = List.of(batch(1, 2), batch(2, 2), batch(3, 2));
    Stepped apart = step(three, 1, NO_LIMIT);
    Stepped together = step(List.of(joined(three)), 1, NO_LIMIT);
    assertThat(apart.losses().difference()).isCloseTo(together.losses().difference(), within(1e-6));
    assertThat(norm(apart)).isCloseTo(norm(together), within(1e-3 * norm(together)));
    assertThat(apart.weights()).containsExactly(together.weights(), within(2e-6f));
    assertThat(apart.weights()).isNotEqualTo(step(List.of(three.get(0)), 1, NO_LIMIT).weights());
  }

  @Test
  void aLongGradientIsShortenedToTheLimit() {
    List<Batch> one = List.of(batch(1, 2));
    Stepped whole = step(one, 1, NO_LIMIT);
    Stepped half = step(one, 0.5, NO_LIMIT);
    Stepped clipped = step(one, 1, norm(whole) / 2);
    assertThat(norm(clipped)).isEqualTo(norm(whole)); // it is logged as it was
    assertThat(clipped.weights()).containsExactly(half.weights(), within(2e-7f));
    assertThat(clipped.weights()).isNotEqualTo(whole.weights());
    assertThat(step(one, 1, norm(whole) * 1.01).weights()).isEqualTo(whole.weights());
  }

  @Test
  void aStepThatIsNotAcceptedChangesNothing() {
    RrdbNet network = network();
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      float[] before = parameters.flat().toFloats();
      Step step =
          Step.psnr(network, parameters, optimizer(NO_LIMIT), 1, Device.CPU, Precision.FLOAT32);
      step.run(List.of(batch(1, 2)), 0.1, losses -> false);
      assertThat(parameters.flat().toFloats()).isEqualTo(before);
      step.run(batch(2, 2), 0.1);
      float[] after = parameters.flat().toFloats();
      assertThat(after).isEqualTo(step(List.of(batch(2, 2)), 1, NO_LIMIT).weights());
    }
  }

  private static double norm(Stepped stepped) {
    return stepped.losses().gradientNorms().get("generator");
  }

  private static Stepped step(List<Batch> batches, double weight, double clip) {
    RrdbNet network = network();
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      Step step =
          Step.psnr(network, parameters, optimizer(clip), weight, Device.CPU, Precision.FLOAT32);
      Losses losses = step.run(batches, 0.1, any -> true);
      return new Stepped(losses, parameters.flat().toFloats());
    }
  }

  private static RrdbNet network() {
    return new RrdbNet(new RrdbConfig(3, 3, 8, 4, 1, SCALE, 1, false));
  }

  private static FlatParameters parameters(RrdbNet network) {
    FlatParameters parameters = FlatParameters.trainable(network, Device.CPU);
    parameters.initialise(Initialisation.PAPER, 1);
    return parameters;
  }

  /** With so large an epsilon that the step follows the gradient's length, not its sign alone. */
  private static OptimizerSection optimizer(double clip) {
    return new OptimizerSection(new OptimizerSection.Adam(0.9, 0.999, 0.5), 1, clip, Map.of());
  }

  private static Batch batch(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Batch(
        seed,
        size,
        3,
        LOW,
        SCALE,
        drawn(random, size * 3 * LOW * LOW),
        drawn(random, size * 3 * LOW * LOW * SCALE * SCALE));
  }

  private static float[] drawn(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  private static Batch joined(List<Batch> batches) {
    int size = batches.stream().mapToInt(Batch::size).sum();
    float[] low = new float[size * 3 * LOW * LOW];
    float[] high = new float[low.length * SCALE * SCALE];
    int at = 0;
    for (Batch batch : batches) {
      System.arraycopy(batch.low(), 0, low, at, batch.low().length);
      System.arraycopy(batch.high(), 0, high, at * SCALE * SCALE, batch.high().length);
      at += batch.low().length;
    }
    return new Batch(1, size, 3, LOW, SCALE, low, high);
  }
}
