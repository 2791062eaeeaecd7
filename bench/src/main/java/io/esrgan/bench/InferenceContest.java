package io.esrgan.bench;

import io.esrgan.exec.Executor;
import io.esrgan.exec.Memory;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;

/**
 * One picture through the network: bare loops in all formats, and the library's {@link Executor} in
 * both precisions. All have the same weights and the same picture; float32 goes in and comes out.
 */
final class InferenceContest {
  private final Options options;
  private final RrdbConfig config;
  private final RrdbNet network;

  InferenceContest(Options options) {
    this.options = options;
    this.config = options.inferenceModel();
    this.network = new RrdbNet(config);
  }

  /** Runs it, after a check that bare loops and library agree. */
  String report() {
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.initialise(Initialisation.BASICSR, 1);
      StateDict weights = parameters.toStateDict();
      Tensor low = Tensor.of(picture(), shape());
      org.bytedeco.pytorch.Tensor bareLow = Format.planar(picture(), shape());

      List<Contestant> bare = new ArrayList<>();
      List<Contestant> ours = new ArrayList<>();
      List<String> agreements = new ArrayList<>();
      for (Format format : options.formats()) {
        BareInference loop = new BareInference(config, weights, format);
        Executor executor = executor(parameters, format);
        agreements.add(agreement(loop, bareLow, executor, low, format));
        bare.add(Contestant.bare(format, () -> loop.run(bareLow).close()));
        if (format.channelsLast()) {
          ours.add(Contestant.ours("Executor", format, () -> executor.run(low).close()));
        }
      }
      bare.addAll(ours);
      return describe(new Standings(bare, options.contest().run(bare)), agreements);
    }
  }

  private float[] picture() {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[3 * options.input() * options.input()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  private long[] shape() {
    return new long[] {1, 3, options.input(), options.input()};
  }

  private Executor executor(FlatParameters parameters, Format format) {
    Executor.Settings settings =
        new Executor.Settings(Device.CPU, format.precision(), Memory.defaultBudget());
    Executor executor = new Executor(network, parameters, settings);
    if (executor.plan(options.input(), options.input()).repetition() > 1) {
      throw new IllegalStateException(
          "too little memory is free to compute the picture without overlaps, as the bare loops"
              + " do");
    }
    return executor;
  }

  private static String agreement(
      BareInference loop,
      org.bytedeco.pytorch.Tensor bareLow,
      Executor executor,
      Tensor low,
      Format format) {
    try (Scope scope = Scope.open();
        org.bytedeco.pytorch.Tensor expected = loop.run(bareLow)) {
      double difference =
          Agreement.difference(executor.run(low).toFloats(), Format.floats(expected));
      Agreement.require(
          "inference, " + format.label(), difference, Agreement.tolerance(format.precision()));
      return "%.1e (%s)".formatted(difference, format.label());
    }
  }

  private String describe(Standings standings, List<String> agreements) {
    double multiplications =
        Graph.record(network).multiplicationsPerPixel() * options.input() * options.input();
    return """
    Inference: nf %d, gc %d, nb %d, one %dx%d picture, %d rounds, %.1f GFLOP in convolutions.

    %s

    Largest difference to the Executor, relative to the largest result: %s.
    """
        .formatted(
            config.features(),
            config.growth(),
            config.blocks(),
            options.input(),
            options.input(),
            options.contest().rounds(),
            2 * multiplications / 1e9,
            standings.table(2 * multiplications),
            String.join(", ", agreements))
        .strip();
  }
}
