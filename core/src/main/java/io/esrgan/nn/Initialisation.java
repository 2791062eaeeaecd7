package io.esrgan.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The numbers that a network's parameters start from. */
public enum Initialisation {
  /**
   * As the paper's authors trained: He's normal distribution for a rectifier, fan-in, times 0.1;
   * biases zero (paper, section 3.1 and supplement; He et al. 2015). MSRResNet's, too.
   */
  PAPER {
    @Override
    double[] drawn(Parameter parameter, RandomGenerator random) {
      return isBias(parameter) ? new double[size(parameter)] : he(parameter, 0.1, random);
    }
  },
  /**
   * As the authors' later code has it: only convolutions in residual branches as in {@link #PAPER},
   * all others uniform within one over the square root of the fan-in, weights and biases alike.
   */
  BASICSR {
    @Override
    double[] drawn(Parameter parameter, RandomGenerator random) {
      return switch (parameter.role()) {
        case RESIDUAL_WEIGHT -> he(parameter, 0.1, random);
        case RESIDUAL_BIAS -> new double[size(parameter)];
        default -> uniform(parameter, random);
      };
    }
  },
  /**
   * He's normal distribution for a rectifier, fan-in; biases zero: the discriminator of the paper's
   * authors.
   */
  HE {
    @Override
    double[] drawn(Parameter parameter, RandomGenerator random) {
      return isBias(parameter) ? new double[size(parameter)] : he(parameter, 1, random);
    }
  },
  /**
   * Normal with a deviation of 0.001, biases zero: SRCNN's authors (Dong et al. 2014, section 3.3).
   */
  SRCNN {
    @Override
    double[] drawn(Parameter parameter, RandomGenerator random) {
      return isBias(parameter) ? new double[size(parameter)] : normal(parameter, 0.001, random);
    }
  },
  /**
   * Uniform within one over the square root of the fan-in, as PyTorch draws what it is not told:
   * EDSR, RCAN and SRVGGNetCompact.
   */
  TORCH {
    @Override
    double[] drawn(Parameter parameter, RandomGenerator random) {
      return uniform(parameter, random);
    }
  };

  /** Values for one parameter, in the order of its shape. */
  final double[] draw(Parameter parameter, RandomGenerator random) {
    return switch (parameter.role()) {
      case SCALE, RUNNING_VARIANCE -> constant(parameter, 1);
      case SHIFT, RUNNING_MEAN -> constant(parameter, 0);
      case SLOPE -> constant(parameter, 0.25);
      case SINGULAR_VECTOR -> unit(parameter, random);
      default -> drawn(parameter, random);
    };
  }

  /** Values for a weight or a bias. */
  abstract double[] drawn(Parameter parameter, RandomGenerator random);

  private static double[] constant(Parameter parameter, double value) {
    double[] values = new double[size(parameter)];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] unit(Parameter parameter, RandomGenerator random) {
    double[] values = random.doubles(parameter.count(), -1, 1).toArray();
    double norm = Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
    return Arrays.stream(values).map(x -> x / norm).toArray();
  }

  private static double[] uniform(Parameter parameter, RandomGenerator random) {
    double bound = 1 / Math.sqrt((double) parameter.fanIn());
    return random.doubles(parameter.count(), -bound, bound).toArray();
  }

  private static boolean isBias(Parameter parameter) {
    return parameter.role() == Parameter.Role.BIAS
        || parameter.role() == Parameter.Role.RESIDUAL_BIAS;
  }

  private static double[] he(Parameter parameter, double scale, RandomGenerator random) {
    return normal(parameter, scale * Math.sqrt(2.0 / parameter.fanIn()), random);
  }

  private static double[] normal(Parameter parameter, double deviation, RandomGenerator random) {
    double[] values = new double[size(parameter)];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }

  private static int size(Parameter parameter) {
    return Math.toIntExact(parameter.count());
  }
}
