package io.esrgan.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints: results to standard output, errors and the progress bar to standard
 * error, so that neither spoils the other's line.
 */
final class Console {
  private static final String TERMINAL = "esrgan.terminal"; // set by the launcher: Java cannot tell
  private static final String COLUMNS = "esrgan.columns";
  private static final String ERASE = "\r\u001b[K";
  private static final int NARROWEST = 20;
  private static final int WIDEST = 120;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Main main;
  private final boolean quiet;
  private boolean barShown;

  Console(CommandSpec spec, boolean quiet) {
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
    this.main = (Main) spec.root().userObject();
    this.quiet = quiet;
  }

  /** Whether somebody watches standard error, so that lines can be drawn over. */
  boolean isWatched() {
    return !quiet && Boolean.getBoolean(TERMINAL);
  }

  /** Whether lines of results are not wanted. */
  boolean isQuiet() {
    return quiet;
  }

  /** Columns that a bar may take. */
  static int columns() {
    return Math.max(NARROWEST, Math.min(WIDEST, Integer.getInteger(COLUMNS, 80) - 1));
  }

  /** One line of results; nothing if the user wants quiet. */
  synchronized void line(String text) {
    if (!quiet) {
      eraseBar();
      out.println(text);
      out.flush();
    }
  }

  /** One line about what went wrong, quiet or not. */
  synchronized void error(String message) {
    eraseBar();
    Failures.print(err, message);
  }

  /** One line about a problem, with its stack trace if that is wanted. */
  synchronized void error(String message, Throwable problem) {
    error(message);
    if (main.debug()) {
      problem.printStackTrace(err);
      err.flush();
    }
  }

  /** Draws a bar over the one that is shown. */
  synchronized void bar(String text) {
    err.print(ERASE + text);
    err.flush();
    barShown = true;
  }

  /** Takes the bar away. */
  synchronized void eraseBar() {
    if (barShown) {
      err.print(ERASE);
      err.flush();
      barShown = false;
    }
  }
}
