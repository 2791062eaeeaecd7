package io.esrgan.cli;

import io.esrgan.data.Dataset;
import io.esrgan.metric.Lpips;
import io.esrgan.metric.MaScores;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import io.esrgan.report.Table;
import io.esrgan.study.Evaluation;
import io.esrgan.study.Measure;
import io.esrgan.study.Method;
import io.esrgan.study.PictureScores;
import io.esrgan.study.Result;
import io.esrgan.study.SelfTest;
import io.esrgan.upscale.EmbeddedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
      names = "--metric",
      paramLabel = "METRIC",
      split = ",",
      description =
          "What to measure, with commas between: psnr, ssim, rmse, lr-psnr (agreement with the"
              + " input), niqe, lpips (of AlexNet), lpips-vgg, lpips-squeeze, pi. Default:"
              + " psnr,ssim, and lpips where its assets are here (see esrgan assets).")
  private List<MetricChoice> choices = List.of();

  @Option(
      names = "--ma",
      paramLabel = "FILE",
      description =
          "For pi: the scores of Ma et al. of the pictures, a CSV file with the columns picture and"
              + " ma.")
  private Optional<Path> ma = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model to measure, .safetensors or .pth; can be given several times. Default: the one"
              + " that comes inside, as upscale uses it.")
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

  @Mixin private NiqeOption niqe;

  @Mixin private EngineOptions engine;

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  @Override
  public Integer call() throws IOException {
    if (selfTest) {
      return selfTest();
    }
    if (inputs.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'DATASET'; name a folder of pictures");
    }
    boolean index = requireMa();
    if (wantsPictures()) {
      PictureScores scores =
          index
              ? PictureScores.perceptualIndex(niqe.read(), MaScores.read(ma.orElseThrow()))
              : new PictureScores(niqe.read());
      PicturesRun run = new PicturesRun(new Console(spec, false), scores);
      run.all(inputs);
      if (run.exitCode() != ExitCode.FAILED) {
        form.print(spec, run.table());
      }
      return run.exitCode();
    }
    try (MeasuredModels models = models()) {
      models.scale().ifPresent(refinement::requireFit);
      int scale = scale(models);
      List<Measure> measures = Measure.of(metrics(), scale);
      List<Dataset> sets = new ArrayList<>();
      for (Path input : inputs) {
        sets.add(Dataset.open(input, scale));
      }
      List<Method> methods = new ArrayList<>();
      methods.add(Method.bicubic(scale));
      methods.addAll(models.methods(engine, refinement));
      Evaluation evaluation = new Evaluation(scale, measures);
      Table table = evaluation.table(run(evaluation, methods, sets), sets);
      form.print(spec, table.withNotes(models.notes()));
    }
    return ExitCode.DONE;
  }

  private int selfTest() throws IOException {
    Optional<Niqe> natural = niqe.readIfPresent();
    List<SelfTest.Check> checks = new ArrayList<>();
    Console console = new Console(spec, false);
    SelfTest.run(
        inputs,
        natural,
        check -> {
          checks.add(check);
          console.line(line(check));
        });
    if (natural.isEmpty()) {
      console.line("not checked: NIQE, whose parameters are not here (see esrgan assets)");
    }
    if (inputs.isEmpty()) {
      console.line("not checked: published pictures; name folders of Set5, Set14 or BSD100");
    }
    long failed = checks.stream().filter(check -> !check.passed()).count();
    if (failed > 0) {
      console.error("%d of %d checks failed".formatted(failed, checks.size()));
      return ExitCode.FAILED;
    }
    console.line("all %d checks passed".formatted(checks.size()));
    return ExitCode.DONE;
  }

  private static String line(SelfTest.Check check) {
    return String.format(
        Locale.ROOT,
        "%s  %s: %.7g, should be %.7g within %.1g (%s)",
        check.passed() ? "ok    " : "FAILED",
        check.what(),
        check.actual(),
        check.expected(),
        check.tolerance(),
        check.source());
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

  /** Whether the perceptual index is wanted, for which there must be scores by Ma's method. */
  private boolean requireMa() {
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
    if (wanted && !wantsPictures()) {
      throw new ParameterException(
          spec.commandLine(),
          "pi is of pictures that were enlarged before, whose scores --ma has, alone or beside"
              + " niqe; name the results, not a test set or a model");
    }
    return wanted;
  }

  /** Whether pictures are to be measured as they are. */
  private boolean wantsPictures() {
    boolean alone =
        !choices.isEmpty() && choices.stream().allMatch(MetricChoice::judgesSinglePictures);
    boolean enlarged = !alphas.isEmpty() || !files.isEmpty() || refinement.isGiven();
    if (!alone || enlarged || bicubic || bicubicScale.isPresent()) {
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

  private List<Metric> metrics() throws IOException {
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
    int pictures = sets.stream().mapToInt(Dataset::size).sum();
    try (Meter meter =
        new Meter(new Console(spec, false), "Measuring", 0, (long) pictures * methods.size())) {
      return evaluation.run(methods.stream().map(meter::counting).toList(), sets, result -> {});
    }
  }
}
