package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Schedule PAPER =
      new Schedule.MultiStep(2e-4, List.of(200_000L, 400_000L, 600_000L, 800_000L), 0.5, 0);
  private static final Schedule BASICSR =
      new Schedule.Cosine(2e-4, 1e-7, List.of(250_000L, 250_000L, 250_000L, 250_000L), 0);

  @Test
  void theRateIsHalvedFromTheMilestoneOn() {
    assertThat(PAPER.rate(0)).isEqualTo(2e-4);
    assertThat(PAPER.rate(199_999)).isEqualTo(2e-4);
    assertThat(PAPER.rate(200_000)).isEqualTo(1e-4);
    assertThat(PAPER.rate(400_000)).isEqualTo(5e-5);
    assertThat(PAPER.rate(600_000)).isEqualTo(2.5e-5);
    assertThat(PAPER.rate(999_999)).isEqualTo(1.25e-5);
  }

  @Test
  void theCosineHasItsKnownValues() {
    // 1e-7 + (2e-4 - 1e-7) (1 + cos(pi t / 250000)) / 2 by hand
    assertThat(BASICSR.rate(0)).isEqualTo(2e-4);
    assertThat(BASICSR.rate(125_000)).isCloseTo(1.0005e-4, within(1e-18));
    assertThat(BASICSR.rate(62_500)).isCloseTo(1.7072532e-4, within(5e-12)); // cos = 0.70710678
    assertThat(BASICSR.rate(250_000)).isCloseTo(1e-7, within(1e-18));
  }

  @Test
  void aPeriodEndsAtTheMinimumAndTheNextStepStartsAnew() {
    assertThat(BASICSR.rate(249_999)).isCloseTo(1e-7, within(1e-13));
    assertThat(BASICSR.rate(250_000)).isCloseTo(1e-7, within(1e-18));
    assertThat(BASICSR.rate(250_001)).isCloseTo(2e-4, within(1e-13)).isEqualTo(BASICSR.rate(1));
    assertThat(BASICSR.rate(999_999)).isEqualTo(BASICSR.rate(249_999));
    assertThat(BASICSR.rate(2_000_000)).isEqualTo(1e-7);
  }

  @Test
  void unequalPeriodsEachHaveTheirOwnLength() {
    Schedule schedule = new Schedule.Cosine(1, 0, List.of(10L, 4L), 0);
    assertThat(schedule.rate(5)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.rate(10)).isZero();
    assertThat(schedule.rate(12)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.rate(14)).isZero();
  }

  @Test
  void warmUpClimbsInAStraightLineToTheScheduleThatRunsUnderneath() {
    Schedule schedule = new Schedule.MultiStep(8e-4, List.of(6L), 0.5, 4);
    double[] expected = {2e-4, 4e-4, 6e-4, 8e-4, 8e-4, 8e-4, 4e-4};
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.rate(step)).isCloseTo(expected[step], within(1e-18));
    }
  }

  @Test
  void disorderedMilestonesAreRefused() {
    assertThatThrownBy(() -> new Schedule.MultiStep(1e-4, List.of(5L, 5L), 0.5, 0))
        .hasMessage(
            "schedule.milestones is [5, 5], but must be steps in ascending order, such as"
                + " [200000, 400000]");
  }

  @Property
  void aCosineStaysBetweenItsMinimumAndItsRate(
      @ForAll @DoubleRange(min = 1e-6, max = 1) @Scale(7) double rate,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @Size(min = 1, max = 5) List<@LongRange(min = 1, max = 100_000) Long> periods,
      @ForAll @LongRange(min = 0, max = 200) long warmup,
      @ForAll @LongRange(min = 0, max = 600_000) long step) {
    Schedule schedule = new Schedule.Cosine(rate, rate * share, periods, warmup);
    double slack = 1e-15;
    assertThat(schedule.decayed(step)).isBetween(rate * share - slack, rate + slack);
    assertThat(schedule.rate(step)).isGreaterThanOrEqualTo(0).isLessThanOrEqualTo(rate + slack);
  }

  @Property
  void withinAPeriodACosineNeverRises(
      @ForAll @LongRange(min = 2, max = 100_000) long period,
      @ForAll @IntRange(max = 3) int before,
      @ForAll @LongRange(min = 1, max = 99_999) long at) {
    Schedule schedule = new Schedule.Cosine(1e-3, 1e-7, List.of(period, period, period, period), 0);
    long step = before * period + 1 + at % (period - 1);
    assertThat(schedule.rate(step + 1)).isLessThanOrEqualTo(schedule.rate(step));
  }

  @Property
  void aMultiStepNeverRisesAfterItsWarmUp(
      @ForAll @LongRange(min = 0, max = 50) long warmup,
      @ForAll @LongRange(min = 50, max = 1000) long step) {
    Schedule schedule = new Schedule.MultiStep(1e-3, List.of(100L, 300L, 301L), 0.5, warmup);
    assertThat(schedule.rate(step + 1)).isLessThanOrEqualTo(schedule.rate(step)).isPositive();
  }
}
