package io.esrgan.nn;

/**
 * Rectifier whose slope for negative values is trained, one for all channels or one for each (He et
 * al. 2015). Slopes begin at 0.25.
 */
public final class PRelu implements Layer {
  private final Parameter slopes; // (count)

  /**
   * A rectifier declared at {@code place}.
   *
   * @param count 1, or as many as there are channels
   */
  public PRelu(Blueprint place, int count) {
    slopes = place.special("weight", Parameter.Role.SLOPE, 1, count);
  }

  @Override
  public Features forward(Features x) {
    return x.parametricRelu(this);
  }

  /** What negative values are multiplied with: (1) or (channels). */
  public Parameter slopes() {
    return slopes;
  }
}
