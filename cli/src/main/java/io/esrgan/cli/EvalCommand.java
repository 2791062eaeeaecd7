package io.esrgan.cli;

import io.esrgan.data.Dataset;
import io.esrgan.file.WholeFile;
import io.esrgan.report.Table;
import io.esrgan.study.Evaluation;
import io.esrgan.study.JoinedTable;
import io.esrgan.study.Measure;
import io.esrgan.study.Method;
import io.esrgan.study.Result;
import io.esrgan.study.Scoreboard;
import io.esrgan.upscale.EmbeddedModel;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code esrgan eval}: models and bicubic measured on sets of test pictures, or pictures measured
 * as they are.
 */
@Command(
    name = "eval",
    description = {
      "Measures models on test sets, beside bicubic enlargement.",
      "",
      "A set is a folder with HR and LRx4 in it (pictures of the same names; the number is the"
          + " scale), or of HR pictures alone, which are then shrunk by bicubic first. PSNR and"
          + " SSIM are means over its pictures, and how they are taken stands beside the numbers.",
      "",
      "NIQE tells how natural a picture looks, without another to compare it with; lower is better."
          + " On a test set the HR pictures get a row of their own, named original. With --metric"
          + " niqe alone, pictures, and folders without HR in them, are not taken for test sets but"
          + " measured as they are, unless an option asks for enlargement.",
      "",
      "LPIPS tells how far apart two pictures look; lower is better. It and NIQE need assets. The"
          + " perceptual index (pi) of the PIRM challenge is ((10 - Ma) + NIQE) / 2, of luma, a"
          + " border of 4 cut; Ma's score is not computed here but taken from a file."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan eval Set5",
      "  esrgan eval --bicubic Set5 Set14 BSD100",
      "  esrgan eval --alpha 0 --alpha 1 Set14",
      "  esrgan eval -m mine.safetensors -m RRDB_PSNR_x4.pth Set5 Set14 --csv > table.csv",
      "  esrgan eval --metric psnr,niqe Set14",
      "  esrgan eval --metric niqe photo.jpg photo_x4.png holiday/",
      "  esrgan eval --metric psnr,rmse,lr-psnr,lpips-vgg Set14 --json",
      "  esrgan eval --metric pi --ma ma.csv results/",
      "  esrgan eval --join monday.json tuesday.json --html both.html",
      "  esrgan eval --self-test Set5 Set14"
    })
final class EvalCommand implements Callable<Integer> {
  private static final int USUAL_SCALE = 4;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATASET",
      arity = "0..*",
      description = "Folders of test pictures; for NIQE also pictures.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--self-test",
      description =
          "Measure nothing, but hold the measures themselves to numbers that others have published"
              + " or computed: those of drawn pictures, and of Set5, Set14 and BSD100 where they"
              + " are given.")
  private boolean selfTest;

  @Option(
      names = "--join",
      description =
          "Measure nothing, but make one table of those that --json wrote in earlier runs, whose"
              + " files are named instead of test sets. Numbers that were not measured alike are"
              + " refused.")
  private boolean join;

  @Mixin private MetricOptions metrics;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model to measure: .safetensors, .pth, or ncnn's .bin with its .param beside it; can be"
              + " given several times. Default: the one that comes inside, as upscale uses it.")
  private List<Path> files = List.of();

  @Option(
      names = "--alpha",
      paramLabel = "A",
      converter = Alpha.class,
      description =
          "The model that comes inside at this place between its PSNR-oriented end (0) and its GAN"
              + " (1); can be given several times. Default: "
              + EmbeddedModel.DEFAULT_ALPHA
              + ".")
  private List<Double> alphas = List.of();

  @Option(
      names = "--bicubic",
      description = "Without -m: bicubic alone, no model. It is measured beside models anyway.")
  private boolean bicubic;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "For --bicubic alone: how many times larger. Default: 4.")
  private Optional<Integer> bicubicScale = Optional.empty();

  @Mixin private RefinementOptions refinement;

  @Mixin private EngineOptions engine;

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write a page of the numbers as well, as the paper's table 2: the best marked, bars, and"
              + " beside them what others have published for the same sets by the same protocol.")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite the page if it is there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    if (page.isPresent()) {
      requireFit(page.get());
    }
    if (selfTest) {
      return new SelfTestRun(new Console(spec, false)).of(inputs, metrics.niqeIfPresent());
    }
    if (inputs.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'DATASET'; name a folder of pictures");
    }
    if (join) {
      show(joined());
      return ExitCode.DONE;
    }
    boolean pictures = wantsPictures();
    metrics.requireFit(pictures);
    if (pictures) {
      if (page.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            "--html shows methods on test sets; leave it out for pictures as they are");
      }
      PicturesRun run = new PicturesRun(new Console(spec, false), metrics.ofPictures());
      run.all(inputs);
      if (run.exitCode() != ExitCode.FAILED) {
        form.print(spec, run.table());
      }
      return run.exitCode();
    }
    try (MeasuredModels models = models()) {
      models.scale().ifPresent(refinement::requireFit);
      int scale = scale(models);
      List<Measure> measures = Measure.of(metrics.ofSets(), scale);
      List<Dataset> sets = new ArrayList<>();
      for (Path input : inputs) {
        sets.add(Dataset.open(input, scale));
      }
      List<Method> methods = new ArrayList<>();
      methods.add(Method.bicubic(scale));
      methods.addAll(models.methods(engine, refinement));
      Evaluation evaluation = new Evaluation(scale, measures);
      Table table = evaluation.table(run(evaluation, methods, sets), sets);
      show(table.withNotes(models.notes()));
    }
    return ExitCode.DONE;
  }

  private void requireFit(Path file) throws IOException {
    if (selfTest) {
      throw new ParameterException(
          spec.commandLine(), "--html shows measurements; leave it out beside --self-test");
    }
    WeightOutput.requireWritable(file, force);
    if (join && inputs.contains(file)) {
      throw new IOException(file + " is to be read; give --html another name");
    }
  }

  private void show(Table table) throws IOException {
    form.print(spec, table);
    if (page.isPresent()) {
      WholeFile.replace(page.get(), Scoreboard.page(table).html());
    }
  }

  private Table joined() throws IOException {
    Map<String, Table> tables = new LinkedHashMap<>();
    for (Path input : inputs) {
      try {
        tables.put(input.toString(), Table.ofJson(Files.readString(input)));
      } catch (MalformedInputException e) {
        throw new IOException(input + ": is no text; name what --json wrote", e);
      } catch (IllegalArgumentException e) {
        throw new IOException("%s: %s; name what --json wrote".formatted(input, e.getMessage()), e);
      }
    }
    return JoinedTable.of(tables);
  }

  private MeasuredModels models() throws IOException {
    if (!alphas.isEmpty() && (bicubic || !files.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "--alpha is for the model that comes inside; leave out %s, or write what lies between"
                  .formatted(bicubic ? "--bicubic" : "-m")
              + " two others by esrgan interpolate");
    }
    if (bicubic && refinement.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "--ensemble and --back-project are for models; leave out --bicubic, beside which none"
              + " is");
    }
    if (!files.isEmpty()) {
      return MeasuredModels.open(files);
    }
    return bicubic
        ? MeasuredModels.none()
        : MeasuredModels.embedded(alphas.isEmpty() ? List.of(EmbeddedModel.DEFAULT_ALPHA) : alphas);
  }

  /** Whether pictures are to be measured as they are. */
  private boolean wantsPictures() {
    boolean enlarged = !alphas.isEmpty() || !files.isEmpty() || refinement.isGiven();
    if (!metrics.judgeSinglePictures() || enlarged || bicubic || bicubicScale.isPresent()) {
      return false;
    }
    List<Path> sets = inputs.stream().filter(i -> Files.isDirectory(i.resolve("HR"))).toList();
    if (!sets.isEmpty() && sets.size() < inputs.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is a test set and others are not; measure them in runs of their own"
              .formatted(sets.get(0)));
    }
    return sets.isEmpty();
  }

  private int scale(MeasuredModels models) {
    if (bicubicScale.isPresent() && bicubicScale.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--scale %d is none; give 1 or more".formatted(bicubicScale.get()));
    }
    if (models.scale().isPresent() && bicubicScale.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--scale is for --bicubic alone; a model has a scale of its own");
    }
    return models.scale().or(() -> bicubicScale).orElse(USUAL_SCALE);
  }

  private List<Result> run(Evaluation evaluation, List<Method> methods, List<Dataset> sets)
      throws IOException {
    Evaluation.warmUp(methods);
    int pictures = sets.stream().mapToInt(Dataset::size).sum();
    try (Meter meter =
        new Meter(new Console(spec, false), "Measuring", 0, (long) pictures * methods.size())) {
      return evaluation.run(methods.stream().map(meter::counting).toList(), sets, result -> {});
    }
  }
}
