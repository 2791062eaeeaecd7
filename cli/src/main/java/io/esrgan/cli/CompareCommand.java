package io.esrgan.cli;

import io.esrgan.data.Dataset;
import io.esrgan.metric.Psnr;
import io.esrgan.report.Table;
import io.esrgan.study.Comparison;
import io.esrgan.study.Evaluation;
import io.esrgan.study.Measure;
import io.esrgan.study.Method;
import io.esrgan.study.Result;
import io.esrgan.upscale.EmbeddedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code esrgan compare}: pictures as several models make them, side by side, to look at. */
@Command(
    name = "compare",
    description = {
      "Shows what several models make of the same pictures, side by side, as the paper's figure 7.",
      "",
      "High-resolution pictures are shrunk by bicubic and enlarged again by bicubic and by every"
          + " model. The folder gets a figure for each picture, all that was made, and index.html,"
          + " where the pictures are enlarged and moved together.",
      "",
      "Beneath each stand PSNR, and NIQE and LPIPS where their assets are here (see esrgan assets),"
          + " of the whole picture."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan compare baboon.png -o baboon/",
      "  esrgan compare Set14 --models bicubic,RRDB_PSNR_x4.pth,RRDB_ESRGAN_x4.pth -o compared/",
      "  esrgan compare a.png b.png --models embedded:0,embedded:1,mine.pth --crop 40,60,128,128"
          + " -o ab/"
    })
final class CompareCommand implements Callable<Integer> {
  private static final String BICUBIC = "bicubic";
  private static final String EMBEDDED = "embedded";
  private static final int USUAL_SCALE = 4;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description =
          "High-resolution pictures, or folders of them; test sets as eval takes them, too.")
  private List<Path> inputs;

  @Option(
      names = {"-m", "--models"},
      paramLabel = "MODEL",
      split = ",",
      description =
          "Models, with commas between: files, .safetensors, .pth, or ncnn's .bin with its .param"
              + " beside it; embedded, the one that comes inside, or embedded:A, the same at alpha"
              + " A; bicubic, which stands first anyway. Default: embedded.")
  private List<String> models = List.of(EMBEDDED);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder to write.")
  private Path output;

  @Mixin private FigureOptions figure;

  @Mixin private RefinementOptions refinement;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    requireOwnFolder();
    try (MeasuredModels measured = models()) {
      measured.scale().ifPresent(refinement::requireFit);
      int scale = measured.scale().orElse(USUAL_SCALE);
      List<Dataset> pictures = pictures(scale);
      List<Measure> measures =
          figure.niqe().with(new Psnr()).stream()
              .map(metric -> Measure.first(metric, scale))
              .toList();
      List<Method> methods = new ArrayList<>();
      methods.add(Method.bicubic(scale));
      methods.addAll(measured.methods(engine, refinement));
      Table table = compare(pictures, scale, methods, measures, measured.notes());
      figure.form().print(spec, table.withNotes(measured.notes()));
    }
    return ExitCode.DONE;
  }

  /** Figures are called after the pictures, so they must not come to lie where these are. */
  private void requireOwnFolder() throws IOException {
    Path target = output.toAbsolutePath().normalize();
    for (Path input : inputs) {
      if (input.toAbsolutePath().normalize().startsWith(target)) {
        throw new IOException("%s lies in %s; give another folder".formatted(input, output));
      }
    }
    WeightOutput.requireFree(output.resolve(Comparison.PAGE), figure.force());
    String[] there = output.toFile().list();
    if (there != null && there.length > 0 && !Files.exists(output.resolve(Comparison.PAGE))) {
      throw new IOException(output + " holds other files; give a new or an empty folder");
    }
  }

  private Table compare(
      List<Dataset> pictures,
      int scale,
      List<Method> methods,
      List<Measure> measures,
      List<String> notes)
      throws IOException {
    List<Result> results = new ArrayList<>();
    try (Meter meter =
        new Meter(
            new Console(spec, false), "Comparing", 0, (long) pictures.size() * methods.size())) {
      List<Method> counted = methods.stream().map(meter::counting).toList();
      Comparison comparison = new Comparison(output, scale, counted, measures, notes);
      for (Dataset picture : pictures) {
        results.addAll(comparison.add(picture, figure.crop()));
      }
    }
    return new Evaluation(scale, measures).table(results, pictures);
  }

  private MeasuredModels models() throws IOException {
    List<Double> alphas = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String model : models) {
      if (model.equals(EMBEDDED)) {
        alphas.add(EmbeddedModel.DEFAULT_ALPHA);
      } else if (model.startsWith(EMBEDDED + ":")) {
        alphas.add(alpha(model));
      } else if (!model.equals(BICUBIC)) {
        files.add(Path.of(model));
      }
    }
    if (refinement.isGiven() && alphas.isEmpty() && files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--ensemble and --back-project are for models; name one beside bicubic");
    }
    return MeasuredModels.of(alphas, files);
  }

  private double alpha(String model) {
    try {
      return new Alpha().convert(model.substring(EMBEDDED.length() + 1));
    } catch (TypeConversionException e) {
      throw new ParameterException(
          spec.commandLine(), "--models %s: %s".formatted(model, e.getMessage()), e);
    }
  }

  /** All pictures, each a set of its own. */
  private List<Dataset> pictures(int scale) throws IOException {
    List<Dataset> pictures = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        pictures.addAll(Dataset.open(input, scale).singles());
      } else {
        pictures.add(Dataset.ofPicture(input, scale));
      }
    }
    Map<String, String> named = new HashMap<>(); // pictures by what is written for them
    for (Dataset picture : pictures) {
      String other = named.putIfAbsent(Comparison.stem(picture.name()), picture.name());
      if (other != null) {
        throw new IOException(
            "%s and %s would be written over one another; compare them in runs of their own"
                .formatted(other, picture.name()));
      }
    }
    return pictures;
  }
}
