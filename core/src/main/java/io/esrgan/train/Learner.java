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

  private final String name;
  private final FlatParameters parameters;
  private final Optimizer optimizer;
  private final double clip;
  private long updates;

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
    this.optimizer = Optimizer.of(optimizer, parameters, device);
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
    try (Gradients none = Gradients.off()) {
      if (clip > 0 && norm > clip) {
        parameters.gradient().timesInPlace(clip / norm);
      }
      updates++;
      optimizer.step(rate, updates);
      parameters.gradient().zeroInPlace();
    }
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
    optimizer.state().forEach((key, tensor) -> put(all, part(key), parameters.toStateDict(tensor)));
  }

  private static String part(String state) {
    return "." + state + ".";
  }

  private void put(Map<String, Weight> all, String part, StateDict weights) {
    weights.weights().forEach((key, weight) -> all.put(name + part + key, weight));
  }

  /**
   * Puts everything back where {@link #save} took it from.
   *
   * @param made steps that its optimiser has made
   * @throws java.util.NoSuchElementException if a tensor is missing
   * @throws IllegalArgumentException if a tensor has another shape, or no place in the network
   */
  void restore(StateDict state, long made) {
    parameters.load(state.under(name + WEIGHTS));
    optimizer
        .state()
        .forEach((key, tensor) -> parameters.load(state.under(name + part(key)), tensor));
    updates = made;
  }

  /** Steps that its optimiser has made. */
  long updates() {
    return updates;
  }
}
