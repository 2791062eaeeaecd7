package io.esrgan.bench;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The benchmarks' command: prints tables in Markdown. Ends with 0, with 1 if a recipe, pictures or
 * weights cannot be read or the tables not be written, or with 2 for wrong usage.
 */
public final class Main {
  private Main() {}

  /** Runs what {@code arguments} ask for; see {@code bench/README.md}. */
  public static void main(String[] arguments) {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    try {
      run(options);
    } catch (IOException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options) throws IOException {
    StringBuilder tables = new StringBuilder();
    tell(Machine.facts().toString(), tables);
    for (Options.Kind kind : options.wanted()) {
      tell("\n" + report(kind, options), tables);
    }
    if (options.output().isPresent()) {
      byte[] text = tables.toString().getBytes(StandardCharsets.UTF_8);
      WholeFile.replace(options.output().get(), out -> out.write(text));
    }
  }

  private static void tell(String text, StringBuilder tables) {
    System.out.println(text);
    tables.append(text).append('\n');
  }

  private static String report(Options.Kind kind, Options options) throws IOException {
    return switch (kind) {
      case INFERENCE -> new InferenceContest(options).report();
      case MEMORY -> new MemoryContest(options).report();
      case TRAINING ->
          new TrainingContest(options, new PsnrStage(options.trainingModel(), options.crop()))
              .report();
      case GAN ->
          new TrainingContest(options, GanStage.paper(options.trainingModel(), options.crop()))
              .report();
      case RECIPE -> new RecipeContest(options).report();
    };
  }
}
