package io.esrgan.bench;

import io.esrgan.data.Batch;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Scope;
import io.esrgan.train.Recipe;
import io.esrgan.train.Step;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;

/**
 * One step of the PSNR-oriented stage: bare loops in all formats, and the library's {@link Step} in
 * both precisions, from the same first weights and on the same batch. Every contestant trains a
 * network of its own.
 */
final class TrainingContest {
  private static final double RATE = 1e-4;
  private static final Recipe.Optimizer ADAM = Recipe.Optimizer.adam(0.9, 0.999);

  /** The second loss depends on the first update, so two steps check the optimiser too. */
  private static final int STEPS_COMPARED = 2;

  private final Options options;
  private final RrdbConfig config;
  private final RrdbNet network;
  private final Batch batch;

  TrainingContest(Options options) {
    this.options = options;
    this.config = options.trainingModel();
    this.network = new RrdbNet(config);
    this.batch = batch(options);
  }

  private static Batch batch(Options options) {
    SplittableRandom random = new SplittableRandom(3);
    float[] low = new float[3 * options.batch() * options.crop() * options.crop()];
    float[] high = new float[low.length * 16];
    for (int i = 0; i < low.length; i++) {
      low[i] = (float) random.nextDouble();
    }
    for (int i = 0; i < high.length; i++) {
      high[i] = (float) random.nextDouble();
    }
    return new Batch(1, options.batch(), 3, options.crop(), 4, low, high);
  }

  /** Runs it, after a check that bare loops and library agree. */
  String report() {
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      List<Contestant> bare = new ArrayList<>();
      List<Contestant> ours = new ArrayList<>();
      List<String> agreements = new ArrayList<>();
      for (Format format : Format.values()) {
        FlatParameters parameters = FlatParameters.trainable(network, Device.CPU);
        parameters.initialise(Initialisation.BASICSR, 1);
        StateDict weights = parameters.toStateDict();
        BareTraining loop = new BareTraining(config, weights, format, RATE);
        Step step = Step.psnr(network, parameters, ADAM, 1, Device.CPU, format.precision());
        agreements.add(agreement(loop, step, format));
        bare.add(Contestant.bare(format, () -> loop.run(batch)));
        if (format.channelsLast()) {
          ours.add(Contestant.ours("Step.psnr", format, () -> step.run(batch, RATE)));
        }
      }
      bare.addAll(ours);
      return describe(new Standings(bare, options.contest().run(bare)), agreements);
    }
  }

  private String agreement(BareTraining loop, Step step, Format format) {
    double largest = 0;
    for (int i = 0; i < STEPS_COMPARED; i++) {
      float[] expected = {(float) loop.run(batch)};
      float[] actual = {step.run(batch, RATE).values().get("l1").floatValue()};
      double difference = Agreement.difference(actual, expected);
      largest = Math.max(largest, difference);
      Agreement.require(
          "loss of step %d, %s".formatted(i + 1, format.label()), difference, format.precision());
    }
    return "%.1e (%s)".formatted(largest, format.label());
  }

  private String describe(Standings standings, List<String> agreements) {
    // Backward computes as much for the inputs and as much again for the weights.
    double multiplications =
        3
            * Graph.record(network).multiplicationsPerPixel()
            * options.batch()
            * options.crop()
            * options.crop();
    return """
    Training step: nf %d, gc %d, nb %d, batch of %d %dx%d crops, forward + backward + Adam, \
    %d rounds, %.1f GFLOP in convolutions.

    %s

    %s Largest relative difference of losses to Step.psnr over %d steps: %s.
    """
        .formatted(
            config.features(),
            config.growth(),
            config.blocks(),
            options.batch(),
            options.crop(),
            options.crop(),
            options.contest().rounds(),
            2 * multiplications / 1e9,
            standings.table(2 * multiplications),
            standings.defaultAgainstFastest(),
            STEPS_COMPARED,
            String.join(", ", agreements))
        .strip();
  }
}
