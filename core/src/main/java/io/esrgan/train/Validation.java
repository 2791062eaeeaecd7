package io.esrgan.train;

import io.esrgan.data.Dataset;
import io.esrgan.data.TestPair;
import io.esrgan.exec.Executor;
import io.esrgan.image.Picture;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.report.SamplePicture;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The pictures that a training run is measured on, read once and kept. */
final class Validation {
  private static final int MOST_SAMPLES = 6;

  private final String name;
  private final int all; // pictures in the folder
  private final List<TestPair> pairs;
  private final Protocol protocol;
  private final Optional<Niqe> niqe;

  private Validation(
      String name, int all, List<TestPair> pairs, Protocol protocol, Optional<Niqe> niqe) {
    this.name = name;
    this.all = all;
    this.pairs = pairs;
    this.protocol = protocol;
    this.niqe = niqe;
  }

  /**
   * The recipe's, if it names a folder. Pictures of another kind than the network's are left out.
   * NIQE is measured too where its parameters are here.
   */
  static Optional<Validation> of(Recipe recipe) throws IOException {
    if (recipe.data().validation().isEmpty()) {
      return Optional.empty();
    }
    Path folder = recipe.data().validation().get();
    Dataset set = Dataset.open(folder, recipe.scale());
    List<TestPair> pairs = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      TestPair pair = set.read(i);
      if (pair.low().channels().count() == recipe.network().channels()) {
        pairs.add(pair);
      }
    }
    if (pairs.isEmpty()) {
      throw new IOException(
          "data.validation: no picture in %s has %d channels, as the network has"
              .formatted(folder, recipe.network().channels()));
    }
    return Optional.of(
        new Validation(
            set.name(), set.size(), pairs, Protocol.paper(recipe.scale()), Niqe.ifPresent()));
  }

  /** Which pictures are measured, in words. */
  @Override
  public String toString() {
    return pairs.size() == all
        ? "measured on the %d pictures of %s".formatted(all, name)
        : "measured on %d of %d pictures of %s; the others have another number of channels"
            .formatted(pairs.size(), all, name);
  }

  /**
   * What a network came to.
   *
   * @param psnr mean PSNR in decibels, Y channel, border cut by the scale
   * @param niqe mean NIQE under the same protocol; nothing where its parameters are not here, or no
   *     picture is large enough
   * @param samples some of the pictures it was measured on
   */
  record Measured(double psnr, OptionalDouble niqe, List<SamplePicture> samples) {}

  /**
   * Measures.
   *
   * @throws io.esrgan.exec.NotFiniteException if the network gives no numbers
   */
  Measured measure(Executor executor) {
    double sum = 0;
    List<Double> natural = new ArrayList<>();
    List<SamplePicture> samples = new ArrayList<>();
    for (TestPair pair : pairs) {
      try (Scope scope = Scope.open()) {
        Picture made =
            Pixels.toPicture(
                executor.run(Pixels.toTensor(pair.low())),
                null,
                pair.high().bits(),
                pair.high().metadata());
        sum += new Psnr().measure(pair.high(), made, protocol);
        niqe(made).ifPresent(natural::add);
        if (samples.size() < MOST_SAMPLES) {
          samples.add(new SamplePicture(pair.name(), pair.low(), made, pair.high()));
        }
      }
    }
    OptionalDouble mean = natural.stream().mapToDouble(Double::doubleValue).average();
    return new Measured(sum / pairs.size(), mean, samples);
  }

  private OptionalDouble niqe(Picture made) {
    try {
      return niqe.isPresent()
          ? OptionalDouble.of(niqe.get().measure(made, protocol.border()))
          : OptionalDouble.empty();
    } catch (IllegalArgumentException e) { // too small, or flat: it has no number
      return OptionalDouble.empty();
    }
  }
}
