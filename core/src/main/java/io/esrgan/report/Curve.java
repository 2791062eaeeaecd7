package io.esrgan.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How a number went over the steps, thinned while it grows: neighbouring points share a bucket that
 * keeps its lowest, its highest and its mean, so a spike stays visible and memory stays small.
 *
 * <p>Points come in the order of their steps. What is not finite, or beyond 1e30, is not drawn,
 * only remembered as the last value.
 */
final class Curve {
  /** A curve never has more buckets; when they are used up, each two become one. */
  static final int MOST_BUCKETS = 512;

  private static final double MOST = 1e30; // sums of larger ones may be infinite

  /** A number at a step. */
  record Point(long step, double value) {}

  /** Neighbouring points: how many, their sum, and the lowest and highest of them. */
  record Bucket(int count, double sum, Point lowest, Point highest) {
    private Bucket(Point point) {
      this(1, point.value, point, point);
    }

    private Bucket with(Bucket next) {
      return new Bucket(
          count + next.count,
          sum + next.sum,
          next.lowest.value < lowest.value ? next.lowest : lowest,
          next.highest.value > highest.value ? next.highest : highest);
    }

    double mean() {
      return sum / count;
    }
  }

  private final List<Bucket> buckets = new ArrayList<>();
  private int size = 1; // points to a full bucket
  private Point last;
  private long unit; // greatest common divisor of the steps

  void add(long step, double value) {
    last = new Point(step, value);
    if (!drawable(value)) {
      return;
    }
    unit = divisor(step, unit);
    Bucket point = new Bucket(last);
    int end = buckets.size() - 1;
    if (end >= 0 && buckets.get(end).count < size) {
      buckets.set(end, buckets.get(end).with(point));
      return;
    }
    if (buckets.size() == MOST_BUCKETS) {
      mergePairs();
    }
    buckets.add(point);
  }

  private static boolean drawable(double value) {
    return Math.abs(value) <= MOST; // false for NaN
  }

  private void mergePairs() {
    for (int i = 0; i < MOST_BUCKETS / 2; i++) {
      buckets.set(i, buckets.get(2 * i).with(buckets.get(2 * i + 1)));
    }
    buckets.subList(MOST_BUCKETS / 2, MOST_BUCKETS).clear();
    size *= 2;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return buckets.isEmpty();
  }

  /** The newest number, finite or not. */
  Point last() {
    return last;
  }

  /** All steps are multiples of this. */
  long unit() {
    return unit;
  }

  Point lowest() {
    return whole().lowest;
  }

  Point highest() {
    return whole().highest;
  }

  private Bucket whole() {
    return buckets.stream().reduce(Bucket::with).orElseThrow();
  }

  /** The lowest and the highest of every bucket, in the order of their steps, and the last. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Bucket bucket : buckets) {
      boolean falls = bucket.highest.step < bucket.lowest.step;
      Point first = falls ? bucket.highest : bucket.lowest;
      Point second = falls ? bucket.lowest : bucket.highest;
      points.add(first);
      if (second.step > first.step) {
        points.add(second);
      }
    }
    if (drawable(last.value) && last.step > points.get(points.size() - 1).step) {
      points.add(last);
    }
    return points;
  }

  /**
   * Means of neighbouring points, at most {@code most} of them, each at the middle of its steps.
   */
  List<Point> means(int most) {
    int width = (buckets.size() + most - 1) / most;
    List<Point> means = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i += width) {
      List<Bucket> group = buckets.subList(i, Math.min(i + width, buckets.size()));
      Bucket all = group.stream().reduce(Bucket::with).orElseThrow();
      long first = Math.min(group.get(0).lowest.step, group.get(0).highest.step);
      Bucket end = group.get(group.size() - 1);
      long newest = Math.max(end.lowest.step, end.highest.step);
      means.add(new Point((first + newest) / 2, all.mean()));
    }
    return means;
  }
}
