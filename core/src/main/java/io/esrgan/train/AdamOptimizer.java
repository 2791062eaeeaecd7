package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The optimiser Adam on all parameters at once (Kingma and Ba 2015, algorithm 1), without weight
 * decay.
 */
final class AdamOptimizer implements Optimizer {
  private final FlatParameters parameters;
  private final OptimizerSection.Adam constants;
  private final List<FlatParameters.Stretch> stretches;
  private final Tensor first; // (total), running mean of the gradient
  private final Tensor second; // (total), running mean of its square

  AdamOptimizer(
      FlatParameters parameters,
      OptimizerSection.Adam constants,
      List<FlatParameters.Stretch> stretches,
      Device device) {
    this.parameters = parameters;
    this.constants = constants;
    this.stretches = stretches;
    long total = parameters.trained().count();
    first = Tensor.zeros(Precision.FLOAT32, device, total);
    second = Tensor.zeros(Precision.FLOAT32, device, total);
  }

  @Override
  public void step(double rate, long number) {
    double correction1 = 1 - Math.pow(constants.beta1(), (double) number);
    double correction2 = 1 - Math.pow(constants.beta2(), (double) number);
    Tensor gradient = parameters.gradient();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      first.towardsInPlace(gradient, 1 - constants.beta1());
      second
          .timesInPlace(constants.beta2())
          .plusProductInPlace(gradient, gradient, 1 - constants.beta2());
      Tensor deviation =
          second.sqrt().timesInPlace(1 / Math.sqrt(correction2)).plusInPlace(constants.epsilon());
      for (FlatParameters.Stretch stretch : stretches) {
        stretch
            .of(parameters.trained())
            .plusQuotientInPlace(
                stretch.of(first), stretch.of(deviation), -rate * stretch.factor() / correction1);
      }
    }
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("adam.first", first);
    state.put("adam.second", second);
    return state;
  }
}
