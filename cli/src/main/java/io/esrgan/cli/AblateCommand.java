package io.esrgan.cli;

import io.esrgan.file.Ending;
import io.esrgan.metric.BrightnessShift;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import io.esrgan.report.Table;
import io.esrgan.study.Study;
import io.esrgan.study.StudyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** {@code esrgan ablate}: what a study says, into a folder. */
@Command(
    name = "ablate",
    description = {
      "Trains and measures the rows of a study: a YAML file of recipes and of settings that each"
          + " row changes, such as the paper's ablation.",
      "",
      "A study lives in a folder: a training run for each row and stage, table.md, table.csv and"
          + " table.json, figure.png (the pictures of all rows side by side), brightness.png, and"
          + " index.html with all of it. Ctrl-C or SIGTERM finishes the step and writes a"
          + " checkpoint; the same command goes on from there, keeps what is done, and ends with"
          + " the same weights as if it had never been stopped."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan ablate --list",
      "  esrgan ablate figure-8 --set data.train=photos --set measure.sets=[Set5,Set14]",
      "  esrgan ablate figure-8 --show > mine.yaml",
      "  esrgan ablate mine.yaml --set gan.steps=20000 --out runs/longer"
    })
final class AblateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "STUDY",
      arity = "0..1",
      description = "A study that comes inside (see --list), or a YAML file.")
  private String study;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "Another value for a key of all recipes, such as data.batch=8, or of a stage's, such as"
              + " gan.steps=500, or of the study's own measure.sets, measure.show (pictures to be"
              + " shown) and measure.crop. Can be given several times.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The study's folder. Default: runs/ and its name.")
  private Path folder;

  @Option(
      names = "--again",
      description =
          "Where the study has changed since a run in the folder was made, set that aside and train"
              + " it anew. Otherwise it is an error.")
  private boolean again;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute, as in esrgan train.")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--list", description = "List the studies that come inside, and exit.")
  private boolean list;

  @Option(names = "--show", description = "Print the study's file, to be changed, and exit.")
  private boolean show;

  @Mixin private NiqeOption niqe;

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec, false);
    if (list) {
      Study.BUILT_IN.forEach(console::line);
      return ExitCode.DONE;
    }
    if (study == null) {
      throw new ParameterException(
          spec.commandLine(),
          "name a study: a YAML file, or one of " + String.join(", ", Study.BUILT_IN));
    }
    if (threads.isPresent() && threads.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads %d: give 1 or more".formatted(threads.get()));
    }
    if (show) {
      console.line(Study.text(study).stripTrailing());
      return ExitCode.DONE;
    }
    Study read = Study.load(study, overrides);
    return run(read, folder == null ? Path.of("runs", read.name()) : folder);
  }

  /** A signal that ends the process stops the study first, and waits for it. */
  private int run(Study read, Path into) throws IOException {
    Console console = new Console(spec, form.isChosen()); // a program reads the table alone
    try (StudyProgress progress = new StudyProgress(console)) {
      StudyRun run =
          new StudyRun(
              read, into, niqe.with(new Psnr(), new Ssim(), new BrightnessShift()), progress);
      threads.ifPresent(run::useThreads);
      try (Ending ending = Ending.of(run::stop)) {
        Optional<Table> table = run.run(again);
        if (table.isEmpty()) {
          console.line("stopped; the same command goes on");
          return ExitCode.DONE_IN_PART;
        }
        form.print(spec, table.get());
      }
    }
    if (!form.isChosen()) {
      console.line("done: see " + into.resolve("index.html"));
    }
    return ExitCode.DONE;
  }
}
