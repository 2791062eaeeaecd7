package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.data.PictureFolder.Source;
import io.esrgan.random.Dice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {

  @Test
  void onePictureGivesWayToTheNextEverySoManySteps() {
    Rotation rotation = new Rotation(tickets(Sampling.UNIFORM, 20), 3, 5, 10);
    Set<Integer> before = active(rotation, 0);
    assertThat(before).hasSize(5);
    for (long step = 1; step < 60; step++) {
      int coming = rotation.coming(step - 1);
      Set<Integer> now = active(rotation, step);
      assertThat(rotation.movesAt(step)).isEqualTo(step % 10 == 0);
      if (step % 10 == 0) {
        Set<Integer> stayed = new HashSet<>(now);
        stayed.retainAll(before);
        assertThat(stayed).hasSize(4);
        assertThat(now).contains(coming);
      } else {
        assertThat(now).isEqualTo(before);
      }
      before = now;
    }
  }

  @Test
  void withEqualWeightsEveryPictureComesOnceARoundInAnOrderThatChanges() {
    Rotation rotation = new Rotation(tickets(Sampling.UNIFORM, 20), 3, 1, 1);
    List<Integer> first =
        IntStream.range(0, 20).map(s -> rotation.picture(s, dice(s))).boxed().toList();
    List<Integer> second =
        IntStream.range(20, 40).map(s -> rotation.picture(s, dice(s))).boxed().toList();
    assertThat(new TreeSet<>(first)).hasSize(20);
    assertThat(new TreeSet<>(second)).hasSize(20);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void withAreaAPictureComesInProportionToItsPixels() {
    int pictures = 10; // widths 1 to 10, of 55
    Rotation rotation = new Rotation(tickets(Sampling.AREA, pictures), 3, 1, 1);
    int[] counts = new int[pictures];
    int rounds = 2000;
    for (long step = 0; step < (long) rounds * pictures; step++) {
      counts[rotation.picture(step, dice(step))]++;
    }
    for (int i = 0; i < pictures; i++) {
      double expected = rounds * pictures * (i + 1) / 55.0;
      assertThat(counts[i]).isBetween((int) (expected - 150), (int) (expected + 150)); // 6 sigma
    }
  }

  @Test
  void theSeedAndTheStepAloneDecide() {
    Rotation walked = new Rotation(tickets(Sampling.AREA, 30), 3, 4, 2);
    int[] all = IntStream.range(0, 500).map(s -> walked.picture(s, dice(s))).toArray();
    Rotation jumped = new Rotation(tickets(Sampling.AREA, 30), 3, 4, 2);
    for (int step = 499; step >= 0; step -= 7) {
      assertThat(jumped.picture(step, dice(step))).isEqualTo(all[step]);
    }
    Rotation other = new Rotation(tickets(Sampling.AREA, 30), 4, 4, 2);
    assertThat(IntStream.range(0, 500).map(s -> other.picture(s, dice(s))).toArray())
        .isNotEqualTo(all);
  }

  private static Dice dice(long step) {
    return new Dice(99, step, 0);
  }

  private static Set<Integer> active(Rotation rotation, long step) {
    Set<Integer> seen = new HashSet<>();
    Dice dice = new Dice(1, step, 0);
    for (int i = 0; i < 200; i++) {
      seen.add(rotation.picture(step, dice));
    }
    return seen;
  }

  /** Pictures of height 1000 and widths from 1 pixel up. */
  private static Tickets tickets(Sampling sampling, int pictures) {
    Source[] sources = new Source[pictures];
    Arrays.setAll(sources, i -> new Source(Path.of(i + ".png"), i + 1, 1000, Optional.empty()));
    return new Tickets(List.of(sources), sampling);
  }
}
