package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.Map;

/**
 * A network that learns: its numbers, their gradients, and the optimiser that makes steps of them.
 *
 * <p>Its tensors belong to the scope that was open when it was made.
 */
final class Learner {
  private static final String WEIGHTS = ".weights.";
  private static final String FIRST = ".adam.first.";
  private static final String SECOND = ".adam.second.";

  private final String name;
  private final FlatParameters parameters;
  private final Adam adam;
  private final double clip;

  /**
   * @param name what checkpoints and logs call it
   * @param network whose numbers begin as zeros
   */
  Learner(String name, Parameterised network, OptimizerSection optimizer, Device device) {
    this(name, FlatParameters.trainable(network, device), optimizer, device);
  }

  /** One whose numbers are there already, with room for gradients. */
  Learner(String name, FlatParameters parameters, OptimizerSection optimizer, Device device) {
    this.name = name;
    this.parameters = parameters;
    this.adam =
        new Adam(parameters, device, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
    this.clip = optimizer.clip();
  }

  String name() {
    return name;
  }

  FlatParameters parameters() {
    return parameters;
  }

  /** Euclidean norm of the gradient that was gathered since the last step. */
  double gradientNorm() {
    return parameters.gradient().norm().item();
  }

  /**
   * One step against the gathered gradient, which is set to zero afterwards.
   *
   * @param norm the gradient's; where it is above the recipe's limit, the gradient is shortened to
   *     that limit first
   */
  void update(double rate, double norm) {
    if (clip > 0 && norm > clip) {
      try (Gradients none = Gradients.off()) {
        parameters.gradient().timesInPlace(clip / norm);
      }
    }
    adam.step(rate);
  }

  /**
   * Leaves the weights as they are: the gathered gradient is set to zero, and what forward passes
   * have measured is as it was.
   *
   * @param measured a copy of {@link FlatParameters#measured()} from before the step
   */
  void forget(Tensor measured) {
    try (Gradients none = Gradients.off()) {
      parameters.gradient().zeroInPlace();
      parameters.measured().assign(measured);
    }
  }

  /** Adds all that it needs to go on. */
  void save(Map<String, Weight> all) {
    put(all, WEIGHTS, parameters.toStateDict());
    put(all, FIRST, parameters.toStateDict(adam.first()));
    put(all, SECOND, parameters.toStateDict(adam.second()));
  }

  private void put(Map<String, Weight> all, String part, StateDict weights) {
    weights.weights().forEach((key, weight) -> all.put(name + part + key, weight));
  }

  /**
   * Puts everything back where {@link #save} took it from.
   *
   * @param updates steps that its optimiser has made
   * @throws java.util.NoSuchElementException if a tensor is missing
   * @throws IllegalArgumentException if a tensor has another shape, or no place in the network
   */
  void restore(StateDict state, long updates) {
    parameters.load(state.under(name + WEIGHTS));
    parameters.load(state.under(name + FIRST), adam.first());
    parameters.load(state.under(name + SECOND), adam.second());
    adam.resumeAt(updates);
  }

  /** Steps that its optimiser has made. */
  long updates() {
    return adam.steps();
  }
}
