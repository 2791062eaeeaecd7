package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum on all parameters at once: {@code v = momentum v +
 * gradient}, {@code weights -= rate v}, as PyTorch has it; v begins as zeros.
 */
final class SgdOptimizer implements Optimizer {
  private final FlatParameters parameters;
  private final double momentum;
  private final List<FlatParameters.Stretch> stretches;
  private final Tensor velocity; // (total)

  SgdOptimizer(
      FlatParameters parameters,
      OptimizerSection.Sgd constants,
      List<FlatParameters.Stretch> stretches,
      Device device) {
    this.parameters = parameters;
    this.momentum = constants.momentum();
    this.stretches = stretches;
    velocity = Tensor.zeros(Precision.FLOAT32, device, parameters.trained().count());
  }

  @Override
  public void step(double rate, long number) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      velocity.timesInPlace(momentum).plusInPlace(parameters.gradient(), 1);
      for (FlatParameters.Stretch stretch : stretches) {
        stretch
            .of(parameters.trained())
            .plusInPlace(stretch.of(velocity), -rate * stretch.factor());
      }
    }
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of("sgd.velocity", velocity);
  }
}
