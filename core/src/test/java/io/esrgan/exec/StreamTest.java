package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Differences;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture that comes and goes in rows has the bits of one in memory. */
class StreamTest {
  @TempDir Path scratch;

  /** Gives rows, and holds them to the order that it promises. */
  private static final class Ascending implements RowSource {
    private final Tensor picture;
    private int next;
    private int passes = 1;

    Ascending(Tensor picture) {
      this.picture = picture;
    }

    @Override
    public Tensor rows(int from, int count) {
      assertThat(from).isEqualTo(next);
      next += count;
      return picture.slice(2, from, count);
    }

    @Override
    public void restart() {
      next = 0;
      passes++;
    }
  }

  @ParameterizedTest
  @CsvSource({"4,40,61,0", "2,41,61,0", "1,37,62,0", "2,141,43,108", "1,251,33,200"})
  void streamedRowsHaveTheBitsOfTheWhole(int scale, int width, int height, int bandWidth)
      throws IOException {
    RrdbNet network = Passages.network(8, 4, 1, scale, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height, width);
      long budget =
          Passages.bytesOfStrips(
              network,
              Precision.FLOAT32,
              bandWidth == 0 ? 2 * width : bandWidth,
              height,
              network.sizeMultiple());
      Executor executor = executor(network, parameters, budget);
      Plan plan = executor.plan(width, height);
      assertThat(plan.cut()).isEqualTo(bandWidth == 0 ? Plan.Cut.STRIPS : Plan.Cut.BANDS);
      Ascending source = new Ascending(low);
      List<Tensor> parts = new ArrayList<>();
      int[] done = {0};

      executor.stream(
          width,
          height,
          source,
          (from, rows) -> parts.add(scope.take(rows.copy())),
          scratch,
          rows -> done[0] = rows);

      Tensor expected = executor(network, parameters, 1L << 30).run(low);
      assertThat(source.passes).isEqualTo(plan.bands().size());
      assertThat(done[0]).isEqualTo(plan.rows());
      assertThat(scratch).isEmptyDirectory();
      assertThat(Differences.largest(Tensor.concatenate(2, parts).toFloats(), expected.toFloats()))
          .isZero();
    }
  }

  private static Executor executor(RrdbNet network, FlatParameters parameters, long budget) {
    return new Executor(
        network, parameters, new Executor.Settings(Device.CPU, Precision.FLOAT32, budget));
  }
}
