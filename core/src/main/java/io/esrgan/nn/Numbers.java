package io.esrgan.nn;

import io.esrgan.tensor.Tensor;

/** Where a forward pass takes the values of its parameters from. */
@FunctionalInterface
public interface Numbers {

  /** A parameter's values, in the precision that its layer computes in. */
  Tensor get(Parameter parameter);

  /** Whether layers that behave differently in training do so now. */
  default boolean training() {
    return false;
  }
}
