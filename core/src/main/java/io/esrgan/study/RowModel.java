package io.esrgan.study;

import io.esrgan.exec.Executor;
import io.esrgan.exec.Memory;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.upscale.Upscaler;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What a row's last run came to, ready to be measured: in float32, so that numbers do not depend on
 * the machine's fastest format.
 */
final class RowModel implements AutoCloseable {
  private final Upscaler upscaler;
  private final Method method;

  RowModel(StudyPlan.Planned row, String sha256) throws IOException {
    upscaler =
        Upscaler.of(
            Weights.readGenerator(row.model()),
            new Executor.Settings(Device.best(), Precision.FLOAT32, Memory.defaultBudget()));
    method =
        Method.of(
            row.row().name(),
            sha256,
            upscaler::upscale,
            (width, height) -> OptionalLong.of(upscaler.plannedBytes(width, height)));
  }

  Method method() {
    return method;
  }

  @Override
  public void close() {
    upscaler.close();
  }
}
