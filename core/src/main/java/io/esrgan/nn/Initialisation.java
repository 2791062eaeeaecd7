package io.esrgan.nn;

import java.util.random.RandomGenerator;

/** The numbers that a network's parameters start from. */
public enum Initialisation {
  /**
   * As the paper's authors trained: He's normal distribution for a rectifier, fan-in, times 0.1;
   * biases zero (paper, section 3.1 and supplement; He et al. 2015).
   */
  PAPER {
    @Override
    double[] draw(Parameter parameter, RandomGenerator random) {
      return isBias(parameter) ? new double[size(parameter)] : he(parameter, 0.1, random);
    }
  },
  /**
   * As the authors' later code has it: only convolutions in residual branches as in {@link #PAPER},
   * all others uniform within one over the square root of the fan-in, weights and biases alike.
   */
  BASICSR {
    @Override
    double[] draw(Parameter parameter, RandomGenerator random) {
      return switch (parameter.role()) {
        case RESIDUAL_WEIGHT -> he(parameter, 0.1, random);
        case RESIDUAL_BIAS -> new double[size(parameter)];
        case WEIGHT, BIAS -> {
          double bound = 1 / Math.sqrt((double) parameter.fanIn());
          yield random.doubles(parameter.count(), -bound, bound).toArray();
        }
      };
    }
  };

  /** Values for one parameter, in the order of its shape. */
  abstract double[] draw(Parameter parameter, RandomGenerator random);

  private static boolean isBias(Parameter parameter) {
    return parameter.role() == Parameter.Role.BIAS
        || parameter.role() == Parameter.Role.RESIDUAL_BIAS;
  }

  private static double[] he(Parameter parameter, double scale, RandomGenerator random) {
    double[] values = new double[size(parameter)];
    double deviation = scale * Math.sqrt(2.0 / parameter.fanIn());
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }

  private static int size(Parameter parameter) {
    return Math.toIntExact(parameter.count());
  }
}
