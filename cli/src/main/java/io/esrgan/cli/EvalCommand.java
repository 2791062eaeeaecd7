package io.esrgan.cli;

import io.esrgan.data.Dataset;
import io.esrgan.report.Table;
import io.esrgan.study.Evaluation;
import io.esrgan.study.Method;
import io.esrgan.study.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** {@code esrgan eval}: models and bicubic measured on sets of test pictures. */
@Command(
    name = "eval",
    description = {
      "Measures models on test sets, beside bicubic enlargement.",
      "",
      "A set is a folder with HR and LRx4 in it (pictures of the same names; the number is the"
          + " scale), or of HR pictures alone, which are then shrunk by bicubic first. PSNR and"
          + " SSIM are means over its pictures, and how they are taken stands beside the numbers."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan eval Set5",
      "  esrgan eval --bicubic Set5 Set14 BSD100",
      "  esrgan eval -m mine.safetensors -m RRDB_PSNR_x4.pth Set5 Set14 --csv > table.csv"
    })
final class EvalCommand implements Callable<Integer> {
  private static final int USUAL_SCALE = 4;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DATASET", arity = "1..*", description = "Folders of test pictures.")
  private List<Path> folders;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model to measure, .safetensors or .pth; can be given several times. Default: the one"
              + " that comes inside.")
  private List<Path> files = List.of();

  @Option(
      names = "--bicubic",
      description = "Without -m: bicubic alone, no model. It is measured beside models anyway.")
  private boolean bicubic;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "For --bicubic alone: how many times larger. Default: 4.")
  private Optional<Integer> bicubicScale = Optional.empty();

  @Mixin private EngineOptions engine;

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  /** How the table is printed. */
  static final class OutputForm {
    @Option(names = "--json", description = "Print JSON, numbers unrounded.")
    private boolean json;

    @Option(names = "--csv", description = "Print CSV, numbers unrounded.")
    private boolean csv;
  }

  @Override
  public Integer call() throws IOException {
    try (MeasuredModels models =
        bicubic && files.isEmpty() ? MeasuredModels.none() : MeasuredModels.open(files)) {
      int scale = scale(models);
      List<Dataset> sets = new ArrayList<>();
      for (Path folder : folders) {
        sets.add(Dataset.open(folder, scale));
      }
      List<Method> methods = new ArrayList<>();
      methods.add(Method.bicubic(scale));
      methods.addAll(models.methods(engine));
      Evaluation evaluation = new Evaluation(scale);
      Table table = evaluation.table(run(evaluation, methods, sets), sets);
      print(noting(table, models.notes()));
    }
    return ExitCode.DONE;
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
      return evaluation.run(
          methods.stream().map(method -> counted(method, meter)).toList(), sets, result -> {});
    }
  }

  private static Method counted(Method method, Meter meter) {
    return Method.of(
        method.name(),
        low -> {
          meter.note(method.name());
          try {
            return method.upscale(low);
          } finally {
            meter.step();
          }
        });
  }

  private static Table noting(Table table, List<String> more) {
    List<String> notes = new ArrayList<>(table.notes());
    notes.addAll(more);
    return new Table(table.columns(), table.rows(), notes);
  }

  private void print(Table table) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(form.json ? table.json() : form.csv ? table.csv() : table.text());
    out.flush();
  }
}
