package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.io.IOException;

/** Takes a result as it becomes final. */
@FunctionalInterface
public interface RowSink {

  /**
   * The next rows, from the first to the last, each once.
   *
   * @param from the first of them
   * @param rows (1, c, r, w) float32 on the CPU, finite, unbounded; freed after the call
   */
  void rows(int from, Tensor rows) throws IOException;
}
