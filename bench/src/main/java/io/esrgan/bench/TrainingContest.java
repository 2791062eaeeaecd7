package io.esrgan.bench;

import io.esrgan.data.Batch;
import io.esrgan.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;

/**
 * One step of a stage: bare loops in all formats, and the library's step in both precisions, from
 * the same first weights and on the same batch. Every contestant trains networks of its own.
 */
final class TrainingContest {
  /** The second losses depend on the first update, so two steps check the optimiser too. */
  private static final int STEPS_COMPARED = 2;

  private final Options options;
  private final TrainingStage stage;
  private final Batch batch;

  TrainingContest(Options options, TrainingStage stage) {
    this.options = options;
    this.stage = stage;
    this.batch = batch(options.batch(), options.crop());
  }

  /** Pairs of noise at scale 4. */
  static Batch batch(int pairs, int crop) {
    SplittableRandom random = new SplittableRandom(3);
    float[] low = noise(random, 3 * pairs * crop * crop);
    return new Batch(1, pairs, 3, crop, 4, low, noise(random, low.length * 16));
  }

  private static float[] noise(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  /** Runs it, after a check that bare loops and library agree. */
  String report() {
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      List<Contestant> contestants = new ArrayList<>();
      List<Contestant> ours = new ArrayList<>();
      List<String> agreements = new ArrayList<>();
      for (Format format : options.formats()) {
        TrainingStage.Rivals rivals = stage.rivals(format);
        agreements.add("%.1e (%s)".formatted(agreement(rivals, format), format.label()));
        contestants.add(Contestant.bare(format, () -> rivals.bare().run(batch)));
        if (format.channelsLast()) {
          ours.add(
              Contestant.ours(
                  stage.ourName(), format, () -> rivals.ours().run(batch, TrainingStage.RATE)));
        }
      }
      contestants.addAll(ours);
      Peaks peaks = Peaks.of(contestants);
      List<Timing> timings = options.contest().run(contestants, peaks::measure);
      return describe(new Standings(contestants, timings), peaks, agreements);
    }
  }

  /** Lets both learn; the largest relative difference of their losses, which must be rounding. */
  private double agreement(TrainingStage.Rivals rivals, Format format) {
    double largest = 0;
    for (int i = 0; i < STEPS_COMPARED; i++) {
      Map<String, Double> expected = rivals.bare().run(batch);
      Map<String, Double> actual = rivals.ours().run(batch, TrainingStage.RATE).values();
      double difference = Agreement.difference(actual, expected);
      largest = Math.max(largest, difference);
      Agreement.require(
          "losses of step %d, %s".formatted(i + 1, format.label()),
          difference,
          stage.tolerance(format.precision()));
    }
    return largest;
  }

  private String describe(Standings standings, Peaks peaks, List<String> agreements) {
    double multiplications = stage.multiplications() * options.batch();
    return """
    Training step: %s, batch of %d %dx%d crops, forward + backward + Adam, \
    %d rounds, %.1f GFLOP in convolutions.

    %s

    Peak, in the same rounds: %s.%s

    Largest relative difference of losses to %s over %d steps: %s.
    """
        .formatted(
            stage.networks(),
            options.batch(),
            options.crop(),
            options.crop(),
            options.contest().rounds(),
            2 * multiplications / 1e9,
            standings.table(2 * multiplications, peaks),
            peaks,
            options.remark(),
            stage.ourName(),
            STEPS_COMPARED,
            String.join(", ", agreements))
        .strip();
  }
}
