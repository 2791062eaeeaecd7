package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.esrgan.data.Batch;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** A thousand steps hold no more native memory than a hundred. */
class LeakTest {
  private static final int WARM_UP = 200;
  private static final int STEPS = 1000;

  @Test
  void aThousandStepsLeaveNativeObjectsAndResidentMemoryFlat() throws IOException {
    Path memory = Path.of("/proc/self/statm");
    assumeThat(memory).as("resident memory is read from Linux's /proc").exists();
    RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(network, Device.CPU);
      parameters.initialise(Initialisation.PAPER, 1);
      Step step =
          Step.psnr(
              network,
              parameters,
              OptimizerSection.adam(0.9, 0.999),
              1,
              Device.CPU,
              Precision.FLOAT32);
      Batch batch = batch();
      long tensors = 0;
      long objects = 0;
      long resident = 0;
      for (int i = 0; i < WARM_UP + STEPS; i++) {
        if (i == WARM_UP) {
          tensors = Scope.liveTensors();
          objects = Pointer.totalCount();
          resident = residentBytes(memory);
        }
        step.run(batch, 1e-4);
      }
      assertThat(Scope.liveTensors()).isEqualTo(tensors);
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects + 50);
      // A leak of one feature map a step would be 500 MB.
      assertThat(residentBytes(memory) - resident).isLessThan(100L << 20);
    }
  }

  private static long residentBytes(Path statm) throws IOException {
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
  }

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    float[] low = new float[2 * 3 * 16 * 16];
    float[] high = new float[low.length * 16];
    for (int i = 0; i < high.length; i++) {
      high[i] = (float) random.nextDouble();
    }
    System.arraycopy(high, 0, low, 0, low.length);
    return new Batch(1, 2, 3, 16, 4, low, high);
  }
}
