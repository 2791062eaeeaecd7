package io.esrgan.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the parameters that layers declare while a network is put together.
 *
 * <p>{@link #within} descends into a named part, so that a layer's own name and its place make the
 * key that weight files use: {@code body.0} + {@code rdb1} + {@code conv1} + {@code weight}.
 */
public final class Blueprint {
  private final String path;
  private final boolean residual;
  private final List<Parameter> parameters;

  private Blueprint(String path, boolean residual, List<Parameter> parameters) {
    this.path = path;
    this.residual = residual;
    this.parameters = parameters;
  }

  /** An empty one. */
  public static Blueprint empty() {
    return new Blueprint("", false, new ArrayList<>());
  }

  /** The part of this called {@code name}. */
  public Blueprint within(String name) {
    return new Blueprint(path + name + ".", residual, parameters);
  }

  /** The same place, marked as the inside of a residual branch. */
  public Blueprint residual() {
    return new Blueprint(path, true, parameters);
  }

  Parameter weight(long fanIn, long... shape) {
    return declare(
        "weight", shape, fanIn, residual ? Parameter.Role.RESIDUAL_WEIGHT : Parameter.Role.WEIGHT);
  }

  Parameter bias(long fanIn, long size) {
    return declare(
        "bias",
        new long[] {size},
        fanIn,
        residual ? Parameter.Role.RESIDUAL_BIAS : Parameter.Role.BIAS);
  }

  /** A parameter that is initialised by its role alone. */
  Parameter special(String name, Parameter.Role role, long fanIn, long... shape) {
    return declare(name, shape, fanIn, role);
  }

  private Parameter declare(String name, long[] shape, long fanIn, Parameter.Role role) {
    Parameter parameter = new Parameter(path + name, shape, fanIn, role);
    if (parameters.stream().anyMatch(p -> p.name().equals(parameter.name()))) {
      throw new IllegalStateException("two parameters are called " + parameter.name());
    }
    parameters.add(parameter);
    return parameter;
  }

  /** What was declared so far, in that order. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }
}
