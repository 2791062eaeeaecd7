package io.esrgan.nn;

/**
 * Positions along one axis, both ends included. They may lie outside the picture, where everything
 * is zero.
 *
 * @param first the first position
 * @param last the last position
 */
public record Interval(long first, long last) {

  /** How many positions these are. */
  public long size() {
    return last - first + 1;
  }

  /** The smallest interval that holds both. */
  public Interval union(Interval other) {
    return new Interval(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** The blocks of {@code factor} positions that these positions lie in. */
  public Interval divided(int factor) {
    return new Interval(Math.floorDiv(first, factor), Math.floorDiv(last, factor));
  }
}
