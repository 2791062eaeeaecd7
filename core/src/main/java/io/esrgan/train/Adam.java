package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;

/**
 * The optimiser Adam on all parameters at once (Kingma and Ba 2015, algorithm 1), without weight
 * decay.
 *
 * <p>Its state belongs to the scope that was open when it was made.
 */
final class Adam {
  private final FlatParameters parameters;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Tensor first; // (total), running mean of the gradient
  private final Tensor second; // (total), running mean of its square
  private long steps;

  Adam(FlatParameters parameters, Device device, double beta1, double beta2, double epsilon) {
    this.parameters = parameters;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    long total = parameters.trained().count();
    first = Tensor.zeros(Precision.FLOAT32, device, total);
    second = Tensor.zeros(Precision.FLOAT32, device, total);
  }

  /** One step against the gathered gradients, which are set to zero afterwards. */
  void step(double rate) {
    steps++;
    double correction1 = 1 - Math.pow(beta1, (double) steps);
    double correction2 = 1 - Math.pow(beta2, (double) steps);
    Tensor gradient = parameters.gradient();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      first.towardsInPlace(gradient, 1 - beta1);
      second.timesInPlace(beta2).plusProductInPlace(gradient, gradient, 1 - beta2);
      Tensor deviation =
          second.sqrt().timesInPlace(1 / Math.sqrt(correction2)).plusInPlace(epsilon);
      parameters.trained().plusQuotientInPlace(first, deviation, -rate / correction1);
      gradient.zeroInPlace();
    }
  }

  Tensor first() {
    return first;
  }

  Tensor second() {
    return second;
  }

  long steps() {
    return steps;
  }

  void resumeAt(long step) {
    steps = step;
  }
}
