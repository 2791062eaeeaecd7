package io.esrgan.cli;

import io.esrgan.metric.Niqe;
import io.esrgan.study.SelfTest;
import io.esrgan.study.SelfTest.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The measures held to golden numbers, a line for each. */
final class SelfTestRun {
  private final Console console;

  SelfTestRun(Console console) {
    this.console = console;
  }

  /** Makes all checks that the folders and NIQE's parameters allow, and returns the exit code. */
  int of(List<Path> folders, Optional<Niqe> niqe) throws IOException {
    List<Check> checks = new ArrayList<>();
    SelfTest.run(
        folders,
        niqe,
        check -> {
          checks.add(check);
          console.line(line(check));
        });
    if (niqe.isEmpty()) {
      console.line("not checked: NIQE, whose parameters are not here (see esrgan assets)");
    }
    if (folders.isEmpty()) {
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

  private static String line(Check check) {
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
}
