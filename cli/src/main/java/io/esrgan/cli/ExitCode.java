package io.esrgan.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with; scripts rely on these. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int DONE_IN_PART = 3;

  private ExitCode() {}

  /** Of a row of pieces of work. */
  static int of(int done, int failed) {
    return failed == 0 ? DONE : done == 0 ? FAILED : DONE_IN_PART;
  }

  /** As help prints them. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(" " + DONE, "done");
    meanings.put(" " + FAILED, "failed; the reason is on standard error");
    meanings.put(" " + WRONG_USAGE, "wrong usage; nothing was done");
    meanings.put(" " + DONE_IN_PART, "done in part: some files failed");
    return meanings;
  }
}
