package io.esrgan.cli;

import io.esrgan.metric.Lpips;
import io.esrgan.metric.MaScores;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import io.esrgan.study.PictureScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is measured, and the files that it takes. */
final class MetricOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      split = ",",
      description =
          "What to measure, with commas between: psnr, ssim, rmse, lr-psnr (agreement with the"
              + " input), brightness (how much lighter than the original), niqe, lpips (of"
              + " AlexNet), lpips-vgg, lpips-squeeze, pi. Default: psnr,ssim, and lpips where its"
              + " assets are here (see esrgan assets).")
  private List<MetricChoice> choices = List.of();

  @Option(
      names = "--ma",
      paramLabel = "FILE",
      description =
          "For pi: the scores of Ma et al. of the pictures, a CSV file with the columns picture and"
              + " ma.")
  private Optional<Path> ma = Optional.empty();

  @Mixin private NiqeOption niqe;

  /** Whether all that is wanted is of one picture, without another to compare it with. */
  boolean judgeSinglePictures() {
    return !choices.isEmpty() && choices.stream().allMatch(MetricChoice::judgesSinglePictures);
  }

  /**
   * Refuses the perceptual index where it cannot be had.
   *
   * @param pictures whether pictures are measured as they are
   */
  void requireFit(boolean pictures) {
    boolean wanted = choices.contains(MetricChoice.PI);
    if (wanted && ma.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "pi is ((10 - Ma) + NIQE) / 2, and this program cannot compute Ma's score: the model of"
              + " Ma et al. 2017 is missing; compute the scores elsewhere and give them by --ma"
              + " FILE, or measure niqe");
    }
    if (!wanted && ma.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--ma is for --metric pi; give both");
    }
    if (wanted && !pictures) {
      throw new ParameterException(
          spec.commandLine(),
          "pi is of pictures that were enlarged before, whose scores --ma has, alone or beside"
              + " niqe; name the results, not a test set or a model");
    }
  }

  /** What is measured of a method's pictures. */
  List<Metric> ofSets() throws IOException {
    List<Metric> metrics = new ArrayList<>();
    if (choices.isEmpty()) {
      metrics.addAll(List.of(new Psnr(), new Ssim()));
      Lpips.ifPresent(Lpips.Backbone.ALEX).ifPresent(metrics::add);
    }
    for (MetricChoice choice : new LinkedHashSet<>(choices)) {
      metrics.add(choice.metric(niqe));
    }
    return metrics;
  }

  /** What is measured of pictures as they are. */
  PictureScores ofPictures() throws IOException {
    return ma.isPresent()
        ? PictureScores.perceptualIndex(niqe.read(), MaScores.read(ma.get()))
        : new PictureScores(niqe.read());
  }

  /** NIQE; nothing where its parameters are not here. */
  Optional<Niqe> niqeIfPresent() throws IOException {
    return niqe.readIfPresent();
  }
}
