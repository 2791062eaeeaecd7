package io.esrgan.nn;

/**
 * Batch normalisation: every channel brought to mean 0 and variance 1, then scaled and shifted
 * (Ioffe and Szegedy 2015). In training by the batch's own mean and variance, which the running
 * ones follow; otherwise by the running ones.
 */
public final class BatchNorm2d implements Layer {
  /** How far the running mean and variance move towards the batch's. */
  public static final double MOMENTUM = 0.1;

  /** What is added to the variance, so that nothing is divided by 0. */
  public static final double EPSILON = 1e-5;

  private final Parameter scale; // (channels), as are the others
  private final Parameter shift;
  private final Parameter mean;
  private final Parameter variance;

  /** A normalisation declared at {@code place}, under the names that PyTorch gives its parts. */
  public BatchNorm2d(Blueprint place, int channels) {
    scale = place.special("weight", Parameter.Role.SCALE, 1, channels);
    shift = place.special("bias", Parameter.Role.SHIFT, 1, channels);
    mean = place.special("running_mean", Parameter.Role.RUNNING_MEAN, 1, channels);
    variance = place.special("running_var", Parameter.Role.RUNNING_VARIANCE, 1, channels);
  }

  @Override
  public Features forward(Features x) {
    return x.normalise(this);
  }

  /** The normalised maps; in training it changes the running mean and variance. */
  public Live forward(Live x) {
    return x.normalise(this);
  }

  /** What normalised channels are multiplied with: (channels), as are the others. */
  public Parameter scale() {
    return scale;
  }

  /** What is added to them. */
  public Parameter shift() {
    return shift;
  }

  /** The running mean. */
  public Parameter mean() {
    return mean;
  }

  /** The running variance. */
  public Parameter variance() {
    return variance;
  }

  /** Channels that go in and come out. */
  public int channels() {
    return Math.toIntExact(scale.count());
  }
}
