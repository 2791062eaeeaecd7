package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void ratiosAreTakenWithinRounds() {
    Timing ours = new Timing(List.of(1.0, 20.0, 3.0));
    Timing bare = new Timing(List.of(1.0, 10.0, 2.0));
    assertThat(ours.median()).isEqualTo(3);
    assertThat(ours.best()).isEqualTo(1);
    assertThat(ours.ratioTo(bare)).isEqualTo(1.5);
  }

  @Test
  void everyRoundBeginsWithAnotherContestant() {
    List<String> runs = new ArrayList<>();
    List<Contestant> contestants =
        List.of(
            new Contestant("a", Optional.empty(), Precision.FLOAT32, () -> runs.add("a")),
            new Contestant("b", Optional.of("a"), Precision.FLOAT32, () -> runs.add("b")));
    List<Timing> timings = new Contest(1, 2).run(contestants, () -> runs.add("-"));
    assertThat(runs).containsExactly("-", "b", "a", "-", "a", "b", "-", "b", "a");
    assertThat(timings).allSatisfy(timing -> assertThat(timing.seconds()).hasSize(2));
  }
}
