package io.esrgan.train;

import java.util.List;

/**
 * The learning rate of every step.
 *
 * <p>Steps count from 0, as in BasicSR, whose iteration n, counted from 1, uses {@code rate(n -
 * 1)}. With a warm-up of w steps, the first w - 1 of them climb in a straight line instead, from
 * rate / w; the schedule runs underneath, so that a milestone stays where it is.
 */
public sealed interface Schedule {

  /** The rate it starts from, before any decay. */
  double rate();

  /** Steps of warm-up, 0 for none. */
  long warmup();

  /** The rate of a step without its warm-up. */
  double decayed(long step);

  /**
   * The learning rate of a step.
   *
   * @param step counted from 0
   */
  default double rate(long step) {
    return step + 1 < warmup() ? rate() / warmup() * (step + 1) : decayed(step);
  }

  /**
   * The rate is multiplied by {@code factor} at every milestone.
   *
   * @param rate before the first milestone
   * @param milestones the first steps of a new rate, ascending; none for a constant rate
   * @param factor usually 0.5
   */
  record MultiStep(double rate, List<Long> milestones, double factor, long warmup)
      implements Schedule {

    public MultiStep {
      milestones = List.copyOf(milestones);
      checkCommon(rate, warmup);
      RecipeRule.check(factor > 0 && factor <= 1, "schedule.factor", factor, "above 0, at most 1");
      long before = 0;
      for (long milestone : milestones) {
        RecipeRule.check(
            milestone > before,
            "schedule.milestones",
            milestones,
            "steps in ascending order, such as [200000, 400000]");
        before = milestone;
      }
    }

    @Override
    public double decayed(long step) {
      long passed = milestones.stream().filter(milestone -> milestone <= step).count();
      return rate * Math.pow(factor, (double) passed);
    }
  }

  /**
   * Half a cosine from the rate down to the minimum, again and again: SGDR (Loshchilov and Hutter
   * 2017) with BasicSR's periods. A period of T steps that begins at step t reaches the minimum at
   * step t + T; the step after that starts anew.
   *
   * @param rate at the start of every period
   * @param minimum at the end of every period, and after the last one
   * @param periods lengths in steps
   */
  record Cosine(double rate, double minimum, List<Long> periods, long warmup) implements Schedule {

    public Cosine {
      periods = List.copyOf(periods);
      checkCommon(rate, warmup);
      RecipeRule.check(
          minimum >= 0 && minimum <= rate, "schedule.minimum", minimum, "from 0 to the rate");
      RecipeRule.check(
          !periods.isEmpty() && periods.stream().allMatch(period -> period > 0),
          "schedule.periods",
          periods,
          "lengths in steps, such as [250000, 250000]");
    }

    /** Steps of all periods together. */
    long length() {
      return periods.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public double decayed(long step) {
      long start = 0;
      for (long period : periods) {
        if (step <= start + period) {
          double turn = Math.PI * (step - start) / period;
          return minimum + (rate - minimum) * (1 + Math.cos(turn)) / 2;
        }
        start += period;
      }
      return minimum;
    }
  }

  private static void checkCommon(double rate, long warmup) {
    RecipeRule.check(rate > 0 && rate < Double.POSITIVE_INFINITY, "schedule.rate", rate, "above 0");
    RecipeRule.check(warmup >= 0, "schedule.warmup", warmup, "at least 0");
  }
}
