package io.esrgan.train;

import io.esrgan.exec.Executor;
import java.util.Optional;

record Validation() {
  static Optional<Validation> of(Recipe recipe) {
    return Optional.empty();
  }

  double psnr(Executor executor) {
    return executor.scale();
  }
}
