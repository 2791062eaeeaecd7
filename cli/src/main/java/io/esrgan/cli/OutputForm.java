package io.esrgan.cli;

import io.esrgan.report.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a table is printed: as text unless one of these is given. */
final class OutputForm {
  @Option(names = "--json", description = "Print JSON, numbers unrounded.")
  private boolean json;

  @Option(names = "--csv", description = "Print CSV, numbers unrounded.")
  private boolean csv;

  @Option(names = "--markdown", description = "Print a table of Markdown, for a README.")
  private boolean markdown;

  /** Whether one of them is given. */
  boolean isChosen() {
    return json || csv || markdown;
  }

  void print(CommandSpec spec, Table table) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? table.json() : csv ? table.csv() : markdown ? table.markdown() : table.text());
    out.flush();
  }
}
