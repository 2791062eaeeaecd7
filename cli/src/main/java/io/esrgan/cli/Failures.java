package io.esrgan.cli;

import io.esrgan.exec.NotFiniteException;
import io.esrgan.exec.TooLittleMemoryException;
import io.esrgan.tensor.EngineException;
import io.esrgan.train.RecipeException;
import io.esrgan.upscale.OutputPlanException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Errors as people read them: one line that says what, where and what to do. Stack traces are for
 * {@code --debug}.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final BooleanSupplier debug;

  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  /** Runs a command; unlike picocli, also catches what the machine refuses. */
  int run(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (ExecutionException e) {
      throw e;
    } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
      return report(e, last(parsed.commandSpec().commandLine()).getErr());
    }
  }

  private static CommandLine last(CommandLine line) {
    List<CommandLine> all = line.getParseResult().asCommandLineList();
    return all.get(all.size() - 1);
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    print(line.getErr(), "%s; see %s --help".formatted(wrongUsage(e), name(line)));
    trace(e, line.getErr());
    return ExitCode.WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof OutputPlanException || e instanceof RecipeException) {
      print(line.getErr(), message(e));
      trace(e, line.getErr());
      return ExitCode.WRONG_USAGE;
    }
    return report(e, line.getErr());
  }

  private int report(Throwable e, PrintWriter err) {
    print(err, message(e));
    trace(e, err);
    return ExitCode.FAILED;
  }

  /** Prints one error line. */
  static void print(PrintWriter err, String message) {
    err.println("esrgan: " + message);
    err.flush();
  }

  void trace(Throwable e, PrintWriter err) {
    if (debug.getAsBoolean()) {
      e.printStackTrace(err);
      err.flush();
    }
  }

  /** What went wrong, in one line. */
  static String message(Throwable e) {
    return told(e).replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  private static String told(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return told(unchecked.getCause());
    }
    if (e instanceof OutOfMemoryError) {
      return "it needs more memory than Java may take; give it more by ESRGAN_JAVA_OPTS=-Xmx8g";
    }
    if (e instanceof ExceptionInInitializerError && e.getCause() != null) {
      return "the engine could not be loaded: " + e.getCause().getMessage();
    }
    if (e instanceof LinkageError) {
      return "the engine could not be loaded on this machine (%s); see --debug"
          .formatted(e.getMessage());
    }
    if (e instanceof FileSystemException file) {
      return told(file);
    }
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (e instanceof IOException
        || e instanceof IllegalArgumentException
        || e instanceof EngineException
        || e instanceof NotFiniteException
        || e instanceof TooLittleMemoryException) {
      return message.isBlank() ? e.getClass().getSimpleName() : message;
    }
    return "an error in the program, please report it with the output of --debug: %s: %s"
        .formatted(e.getClass().getSimpleName(), message);
  }

  private static String told(FileSystemException e) {
    String what =
        e instanceof NoSuchFileException
            ? "there is no such file; check the name"
            : e instanceof AccessDeniedException
                ? "no permission; change that of the file or of its folder"
                : e instanceof FileAlreadyExistsException
                    ? "it exists already; remove it or give --force"
                    : e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return e.getFile() == null ? what : e.getFile() + ": " + what;
  }

  private static String wrongUsage(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().get(0), unmatched);
    }
    return e.getMessage();
  }

  private static String unmatched(String word, UnmatchedArgumentException e) {
    boolean takesCommands = !e.getCommandLine().getSubcommands().isEmpty();
    if (!word.startsWith("-") && !takesCommands) {
      return "\"%s\" is one argument too many".formatted(word);
    }
    List<String> near = e.getSuggestions();
    return "there is no %s \"%s\"%s"
        .formatted(
            word.startsWith("-") ? "option" : "command",
            word,
            near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }
}
