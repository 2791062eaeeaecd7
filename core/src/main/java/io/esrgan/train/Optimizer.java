package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Makes steps of gradients. Its state belongs to the scope that was open when it was made. */
interface Optimizer {

  /**
   * One step against the gathered gradients, which stay.
   *
   * @param number of the step, from 1
   */
  void step(double rate, long number);

  /**
   * What it remembers, by name and in that order in every run, each laid out as {@link
   * FlatParameters#trained()}.
   */
  Map<String, Tensor> state();

  /** The optimiser that a recipe asks for. */
  static Optimizer of(OptimizerSection wanted, FlatParameters parameters, Device device) {
    List<FlatParameters.Stretch> stretches =
        parameters.stretches(parameter -> wanted.factor(parameter.name()));
    return wanted.method() instanceof OptimizerSection.Sgd sgd
        ? new SgdOptimizer(parameters, sgd, stretches, device)
        : new AdamOptimizer(parameters, (OptimizerSection.Adam) wanted.method(), stretches, device);
  }
}
