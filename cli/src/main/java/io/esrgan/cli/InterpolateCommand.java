package io.esrgan.cli;

import io.esrgan.cli.WeightOutput.DtypeChoice;
import io.esrgan.upscale.EmbeddedModel;
import io.esrgan.weights.Interpolation;
import io.esrgan.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan interpolate}: what lies between two models, as a file or as the paper's figure. */
@Command(
    name = "interpolate",
    description = {
      "Writes a model between two others, or shows all that lies between them.",
      "",
      "Every weight is (1 - alpha) A + alpha B. From a PSNR-oriented model A to a GAN B that was"
          + " fine-tuned from it, pictures go from smooth to textured. Models of different shape"
          + " are refused; where neither seems to descend from the other, a warning says so.",
      "",
      "--sweep measures network interpolation (of the weights) beside image interpolation (of the"
          + " two models' pictures) at alphas from 0 to 1, and draws the paper's figure 10 with -o."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan interpolate RRDB_PSNR_x4.pth RRDB_ESRGAN_x4.pth --alpha 0.8 -o mine.safetensors",
      "  esrgan interpolate --sweep baboon.png -o figure.png",
      "  esrgan interpolate psnr.pth gan.pth --sweep Set14 BSD100 --step 0.1 --csv"
    })
final class InterpolateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "A B",
      arity = "0..2",
      description =
          "Two ESRGAN models of one shape: .safetensors, .pth, or ncnn's .bin with its .param"
              + " beside it; any names of weights. Default: the two that come inside.")
  private List<Path> models = List.of();

  @Option(
      names = "--alpha",
      paramLabel = "A",
      converter = Alpha.class,
      description = "Write the model at this place: 0 is A, 1 is B.")
  private Optional<Double> alpha = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "What to write: with --alpha the model, which ends in .safetensors; with --sweep the"
              + " figure of the pictures that are named, such as figure.png.")
  private Path output;

  @Option(
      names = "--dtype",
      paramLabel = "float32|float16|bfloat16",
      description = "How the model's numbers are stored. Default: float32, as they are computed.")
  private Optional<DtypeChoice> dtype = Optional.empty();

  @Option(
      names = "--sweep",
      paramLabel = "PICTURE|DATASET",
      arity = "1..*",
      description =
          "Measure at alphas from 0 to 1 on high-resolution pictures, or on test sets as eval takes"
              + " them.")
  private List<Path> swept = List.of();

  @Option(
      names = "--step",
      paramLabel = "S",
      description = "With --sweep: from one alpha to the next. Default: 0.2.")
  private Optional<Double> step = Optional.empty();

  @Mixin private FigureOptions figure;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    if (alpha.isPresent() == !swept.isEmpty()) {
      throw wrong("give either --alpha, to write a model, or --sweep, to measure");
    }
    if (models.size() == 1) {
      throw wrong(
          "there is nothing between %s and no other model; name two, or none for those that come inside"
              .formatted(models.get(0)));
    }
    return alpha.isPresent() ? write(alpha.get()) : sweep();
  }

  private int write(double at) throws IOException {
    if (step.isPresent() || figure.crop().isPresent() || figure.form().isChosen()) {
      throw wrong("--step, --crop, --json, --csv and --markdown are for --sweep");
    }
    if (output == null) {
      throw wrong("--alpha needs -o, the file to write");
    }
    WeightOutput target = new WeightOutput(spec, output, figure.force());
    Interpolation interpolation = interpolation();
    String source =
        "%s, %s at alpha %s".formatted(interpolation.a().name(), interpolation.b().name(), at);
    target.write(interpolation.at(at).weights(), source, dtype);
    new Console(spec, false)
        .line(
            "%s -> %s  safetensors, new names, %s"
                .formatted(source, output, dtype.orElse(DtypeChoice.FLOAT32).dtype()));
    return ExitCode.DONE;
  }

  private int sweep() throws IOException {
    if (dtype.isPresent()) {
      throw wrong("--dtype is for --alpha, which writes a model");
    }
    if (figure.crop().isPresent() && output == null) {
      throw wrong("--crop says what a figure shows; give -o, the figure to write");
    }
    SweepRun run;
    try {
      run =
          new SweepRun(
              spec,
              swept,
              step.orElse(SweepRun.USUAL_STEP),
              output,
              figure.crop(),
              figure.niqe(),
              figure.force());
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    Interpolation interpolation = interpolation();
    figure.form().print(spec, run.of(interpolation, engine.settings()));
    return ExitCode.DONE;
  }

  private Interpolation interpolation() throws IOException {
    return models.isEmpty() ? EmbeddedModel.pair() : between(spec, models.get(0), models.get(1));
  }

  /** Reads both files, and warns where they are of different descent. */
  static Interpolation between(CommandSpec spec, Path a, Path b) throws IOException {
    Interpolation interpolation = Interpolation.between(end(spec, a), end(spec, b));
    if (!interpolation.related()) {
      new Console(spec, false)
          .error(
              String.format(
                  Locale.ROOT,
                  "warning: neither of %s and %s seems to be fine-tuned from the other (their"
                      + " weights have a cosine of %.2f, relatives %.1f or more); what lies between"
                      + " them is unlikely to make pictures",
                  a,
                  b,
                  interpolation.similarity(),
                  Interpolation.RELATED));
    }
    return interpolation;
  }

  private static Interpolation.End end(CommandSpec spec, Path file) throws WeightsException {
    try {
      return Interpolation.End.read(file);
    } catch (WeightsException e) {
      spec.commandLine().getErr().print(e.tree());
      throw e;
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
