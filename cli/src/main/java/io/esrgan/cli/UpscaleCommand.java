package io.esrgan.cli;

import io.esrgan.image.Images;
import io.esrgan.tensor.Engine;
import io.esrgan.upscale.Destination;
import io.esrgan.upscale.EmbeddedModel;
import io.esrgan.upscale.OutputPlan;
import io.esrgan.upscale.UpscaleOptions;
import io.esrgan.upscale.Upscaler;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan upscale}: many pictures larger, one after the other. */
@Command(
    name = "upscale",
    description = {
      "Makes pictures larger.",
      "",
      "A result is named after its input with _x and the scale behind: photo.jpg gives"
          + " photo_x4.png. What is there already is not overwritten, and a picture that fails does"
          + " not stop the others.",
      "",
      "PNG and TIFF are read and written by rows, so a picture may be far larger than the memory;"
          + " other formats, and pictures under --ensemble, must fit it.",
      "",
      "The line that is printed for a result says how well it agrees with its input: shrunk again"
          + " by bicubic to the input's size, it has so many decibels of PSNR (RGB) against it."
          + " About 40 is usual; far less means colours or shapes that the input does not have. It"
          + " does not say how good the result looks."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan upscale photo.jpg",
      "  esrgan upscale photo.jpg -o large.tiff",
      "  esrgan upscale holiday/ extra.png -o large/ --force",
      "  esrgan upscale photo.jpg --alpha 0.5",
      "  esrgan upscale photo.jpg --scale 2.5",
      "  esrgan upscale photo.png --ensemble --back-project 20",
      "  esrgan upscale photo.jpg -m RRDB_ESRGAN_x4.pth --memory 2g"
    })
final class UpscaleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Pictures (PNG, JPEG, TIFF, BMP, WebP, GIF), or folders: all pictures directly in one,"
              + " without its earlier results (NAME_x4 beside NAME).")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description =
          "The result, for one picture; or a folder for results, which is made if it is missing."
              + " What ends in a slash or has no ending is a folder. Default: beside each input.")
  private String output;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "An ESRGAN model of any make: .safetensors, .pth, or ncnn's .bin with its .param beside"
              + " it. Two of them with --alpha: what lies between. Default: the pair that comes"
              + " inside.")
  private List<Path> models = List.of();

  @Option(
      names = "--alpha",
      paramLabel = "A",
      converter = Alpha.class,
      description =
          "From 0, smooth and nearest to the original (the PSNR-oriented model, or the first -m),"
              + " to 1, most textured (the GAN, or the second -m). Default, of the pair inside: "
              + EmbeddedModel.DEFAULT_ALPHA
              + ".")
  private Optional<Double> alpha = Optional.empty();

  @Option(
      names = {"-s", "--scale"},
      paramLabel = "S",
      converter = Scale.class,
      description =
          "How many times wider and higher results are, "
              + UpscaleOptions.LEAST_SCALE
              + " to "
              + UpscaleOptions.MOST_SCALE
              + ", whole or not: the model enlarges as it does, and bicubic brings that to"
              + " round(S x width) by round(S x height) pixels. Default: the model's own.")
  private Optional<Double> scale = Optional.empty();

  @Mixin private RefinementOptions refinement;

  @Option(
      names = "--format",
      paramLabel = "png|jpg|tiff|bmp",
      description =
          "Format of results that -o does not name. jpg and bmp hold neither 16 bits nor"
              + " transparency. Default: png.")
  private String format;

  @Mixin private EngineOptions engine;

  @Mixin private SeamOptions seams;

  @Option(
      names = "--forecast",
      description =
          "Say how long each picture will take and how much memory, and do no more. It is said of"
              + " long ones anyway.")
  private boolean forecast;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite results that are there already.")
  private boolean force;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    Destination destination = output == null ? new Destination.Beside() : Destination.of(output);
    String ending = ending(destination);
    requireModels();
    UpscaleOptions options =
        refinement.with(scale.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    if (inputs.stream().anyMatch(Files::exists)) {
      Engine.loadAhead(); // while models are read
    }
    GeneratorFile generator = generator();
    int networkScale = generator.config().scale();
    refinement.requireFit(networkScale);
    OutputPlan plan = OutputPlan.of(inputs, destination, options.scaleOf(networkScale), ending);
    if (destination instanceof Destination.Folder into) {
      Files.createDirectories(into.folder());
    }
    try (UpscaleRun run =
        new UpscaleRun(
            new Console(spec, quiet),
            () -> open(generator, options),
            new UpscaleRun.Wish(force, seams.verify(), forecast))) {
      return run.all(plan);
    }
  }

  private void requireModels() {
    if (models.size() > 2) {
      throw wrong(
          "-m is given %d times; one model upscales, or two with --alpha".formatted(models.size()));
    }
    if (models.size() == 1 && alpha.isPresent()) {
      throw wrong("--alpha lies between two models; give the other one by a second -m");
    }
    if (models.size() == 2 && alpha.isEmpty()) {
      throw wrong("two models are given by -m; say by --alpha where between them");
    }
  }

  private GeneratorFile generator() throws IOException {
    return switch (models.size()) {
      case 0 -> EmbeddedModel.load(alpha.orElse(EmbeddedModel.DEFAULT_ALPHA));
      case 1 -> Weights.readGenerator(models.get(0));
      default ->
          InterpolateCommand.between(spec, models.get(0), models.get(1)).at(alpha.orElseThrow());
    };
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Upscaler open(GeneratorFile generator, UpscaleOptions options) {
    return Upscaler.of(generator, seams.with(engine.settings()), options);
  }

  private String ending(Destination destination) {
    if (format == null) {
      return "png";
    }
    String ending = format.toLowerCase(Locale.ROOT);
    if (!Images.writableEndings().contains(ending)) {
      throw wrong(
          "--format %s cannot be written; give one of %s"
              .formatted(format, String.join(", ", Images.writableEndings())));
    }
    if (destination instanceof Destination.OneFile one) {
      throw wrong(
          "--format %s is not wanted beside -o %s, whose ending says the format"
              .formatted(format, one.file()));
    }
    return ending;
  }
}
