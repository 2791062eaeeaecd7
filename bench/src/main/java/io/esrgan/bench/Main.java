package io.esrgan.bench;

import java.util.List;

/** The benchmarks' command: prints tables in Markdown. Ends with 0, or 2 for wrong usage. */
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
    System.out.println(Machine.facts());
    if (options.inference()) {
      System.out.println();
      System.out.println(new InferenceContest(options).report());
    }
    if (options.training()) {
      System.out.println();
      System.out.println(new TrainingContest(options).report());
    }
  }
}
