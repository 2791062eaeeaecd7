package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * One command run inside this process.
 *
 * @param code what the process would end with
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record CommandRun(int code, String out, String err) {

  /** Runs {@code esrgan} with these arguments, paths among them. */
  static CommandRun of(Object... arguments) {
    return of(Main.commandLine(texts(arguments)), arguments);
  }

  /** Runs a command line that a test has prepared. */
  static CommandRun of(CommandLine line, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(texts(arguments));
    return new CommandRun(code, out.toString(), err.toString());
  }

  private static String[] texts(Object... arguments) {
    return Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
  }

  /** Holds an error to what all errors must be: lines of the program's own, no stack trace. */
  CommandRun fails(int expected) {
    assertThat(code).as(out + err).isEqualTo(expected);
    assertThat(err).isNotBlank().doesNotContain("\tat ", "Exception");
    assertThat(err.lines()).allMatch(line -> line.startsWith("esrgan: "));
    return this;
  }

  /** Holds a success to having printed no errors. */
  CommandRun succeeds() {
    assertThat(err).as(out).isEmpty();
    assertThat(code).isEqualTo(ExitCode.DONE);
    return this;
  }

  /** A file of the tests of core. */
  static Path resource(String path) {
    return Path.of("..", "core", "src", "test", "resources", "io", "esrgan").resolve(path);
  }
}
