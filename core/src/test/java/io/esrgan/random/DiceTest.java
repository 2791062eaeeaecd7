package io.esrgan.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DiceTest {

  @Property
  void drawsStayBelowTheirBound(
      @ForAll long seed, @ForAll long step, @ForAll @LongRange(min = 1) long bound) {
    Dice dice = new Dice(seed, step, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(dice.below(bound)).isBetween(0L, bound - 1);
    }
  }

  @Property
  void equalNamesDrawEqualNumbers(@ForAll long seed, @ForAll long step, @ForAll long sample) {
    Dice one = new Dice(seed, step, sample);
    Dice other = new Dice(seed, step, sample);
    for (int i = 0; i < 5; i++) {
      assertThat(one.below(1000)).isEqualTo(other.below(1000));
    }
  }

  @Test
  void everyFaceIsAsLikelyAcrossStepsAndSamples() {
    int[] counts = new int[7];
    for (int step = 0; step < 1000; step++) {
      for (int sample = 0; sample < 70; sample++) {
        counts[(int) new Dice(1, step, sample).below(7)]++;
      }
    }
    // 10000 expected of each; 400 is more than four standard deviations
    assertThat(counts).satisfies(all -> assertThat(all).hasSize(7));
    for (int count : counts) {
      assertThat(count).isBetween(9600, 10400);
    }
  }

  @Test
  void neighbouringSeedsStepsAndSamplesDrawDifferently() {
    LongStream draws =
        LongStream.range(0, 1000)
            .map(i -> new Dice(i / 100, i / 10 % 10, i % 10).below(Long.MAX_VALUE));
    assertThat(draws.distinct().count()).isEqualTo(1000);
  }

  @Test
  void theNumbersAreTheSameOnEveryJdk() {
    // From an independent computation in Python of SplitMix64 with the constructor's three mixes.
    Dice dice = new Dice(42, 1000, 3);
    assertThat(LongStream.generate(() -> dice.below(1_000_000)).limit(4))
        .containsExactly(215473L, 556933L, 73848L, 84477L);
  }
}
