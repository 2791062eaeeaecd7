package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.report.Curve.Point;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void aShortCurveKeepsEveryPoint() {
    Curve curve = new Curve();
    for (int i = 1; i <= 300; i++) {
      curve.add(100L * i, i % 7);
    }
    assertThat(curve.points()).hasSize(300);
    assertThat(curve.unit()).isEqualTo(100);
  }

  @Test
  void aMillionPointsBecomeAThousandThatKeepSpikesAndTheMean() {
    Curve curve = new Curve();
    for (int i = 1; i <= 1_000_000; i++) {
      curve.add(i, i == 123_456 ? 50 : i == 765_432 ? -50 : i % 2);
    }
    assertThat(curve.points())
        .hasSizeBetween(500, 2 * Curve.MOST_BUCKETS + 1)
        .contains(new Point(123_456, 50), new Point(765_432, -50), new Point(1_000_000, 0))
        .isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    assertThat(curve.means(100))
        .hasSizeLessThanOrEqualTo(100)
        .allSatisfy(point -> assertThat(point.value()).isBetween(0.48, 0.52));
  }

  @Test
  void whatIsNoNumberIsOnlyTheLastValue() {
    Curve curve = new Curve();
    curve.add(1, 2);
    curve.add(2, Double.NaN);
    curve.add(3, Double.NEGATIVE_INFINITY);
    assertThat(curve.points()).containsExactly(new Point(1, 2));
    assertThat(curve.last().value()).isNegative().isInfinite();
    assertThat(curve.highest()).isEqualTo(new Point(1, 2));
  }
}
