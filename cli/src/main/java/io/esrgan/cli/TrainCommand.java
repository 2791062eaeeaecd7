package io.esrgan.cli;

import io.esrgan.file.Ending;
import io.esrgan.train.Recipe;
import io.esrgan.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan train}: what a recipe says, into a run folder. */
@Command(
    name = "train",
    description = {
      "Trains a network by a recipe: a YAML file that says what on what, for how long.",
      "",
      "A run lives in a folder: recipe.yaml (every value, defaults too), run.html (curves, samples"
          + " and notes), log.csv, checkpoints, and model.safetensors (the newest) and"
          + " best.safetensors (by PSNR), which esrgan upscale -m takes. Ctrl-C or SIGTERM finishes"
          + " the step and writes a checkpoint; stopped or killed, a run goes on from its newest"
          + " checkpoint by --resume, and ends with the same weights as one that was not."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan train --list",
      "  esrgan train compact-psnr --set data.train=photos",
      "  esrgan train compact-gan --set data.train=photos"
          + " --set start=runs/compact-psnr/model.safetensors",
      "  esrgan train my-recipe.yaml --set steps=20000 --set schedule.rate=4e-4",
      "  esrgan train compact-psnr --set data.train=photos --resume"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RECIPE",
      arity = "0..1",
      description = "A recipe that comes inside (see --list), or a YAML file.")
  private String recipe;

  @Option(names = "--resume", description = "Go on with the run that is in the folder.")
  private boolean resume;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "Another value for a key of the recipe, such as data.batch=8; lists as [a, b]. Can be"
              + " given several times.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder. Default: runs/ and the recipe's name.")
  private Path folder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute. Default: one for each processor, or as many as the run that is"
              + " resumed began with; another number changes the last bits.")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--list", description = "List the recipes that come inside, and exit.")
  private boolean list;

  @Option(
      names = "--show",
      description = "Print the recipe with every value, --set applied, and exit.")
  private boolean show;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec, false);
    List<String> builtIn = Recipe.builtIn();
    if (list) {
      builtIn.forEach(console::line);
      return ExitCode.DONE;
    }
    if (recipe == null) {
      throw new ParameterException(
          spec.commandLine(),
          "name a recipe: a YAML file, or one of " + String.join(", ", builtIn));
    }
    if (threads.isPresent() && threads.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads %d: give 1 or more".formatted(threads.get()));
    }
    Recipe resolved = Recipe.load(recipe, overrides);
    if (show) {
      console.line(resolved.toYaml().stripTrailing());
      return ExitCode.DONE;
    }
    Path run = folder == null ? Path.of("runs", resolved.name()) : folder;
    return train(resolved, run, console);
  }

  /** A signal that ends the process stops the training first, and waits for it. */
  private int train(Recipe resolved, Path run, Console console) throws IOException {
    try (TrainingReport report = new TrainingReport(console, run)) {
      Trainer trainer = new Trainer(resolved, run, report);
      threads.ifPresent(trainer::useThreads);
      try (Ending ending = Ending.of(trainer::stop)) {
        long done = trainer.run(resume);
        if (done < resolved.steps()) {
          console.line("stopped at step %d; go on with --resume".formatted(done));
          return ExitCode.DONE_IN_PART;
        }
      }
    }
    console.line("done: the model is " + run.resolve(Trainer.MODEL));
    return ExitCode.DONE;
  }
}
