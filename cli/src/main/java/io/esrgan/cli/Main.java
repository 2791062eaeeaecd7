package io.esrgan.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code esrgan}, which has its work done by subcommands. */
@Command(
    name = "esrgan",
    versionProvider = Version.class,
    customSynopsis = "esrgan COMMAND [OPTIONS] ...",
    description = {
      "Makes pictures larger with ESRGAN, a network that fills in the detail of what it enlarges"
          + " (Wang et al. 2018); trains such networks, measures and inspects them."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan upscale photo.jpg           writes photo_x4.png beside it",
      "  esrgan upscale holiday -o large/   all pictures of a folder into another",
      "  esrgan COMMAND --help              tells all about a command",
      "",
      "Java's own options go into the variable ESRGAN_JAVA_OPTS, such as -Xmx8g."
    })
public final class Main implements Runnable {
  private static final int WIDTH = 96;

  private static final List<Class<?>> COMMANDS =
      List.of(
          UpscaleCommand.class,
          TrainCommand.class,
          DegradeCommand.class,
          EvalCommand.class,
          CompareCommand.class,
          AblateCommand.class,
          FeaturesCommand.class,
          InfoCommand.class,
          ConvertCommand.class,
          InterpolateCommand.class,
          AssetsCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error too.")
  private boolean debug;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** Whether errors come with their stack traces: {@code --debug} or {@code -Desrgan.debug}. */
  boolean debug() {
    return debug || System.getProperty("esrgan.debug") != null;
  }

  /**
   * The command line, ready to be run.
   *
   * @param arguments with which it will be run; if the first of them names a command, that one
   *     alone is there, since to look at all of them takes a while
   */
  static CommandLine commandLine(String... arguments) {
    Main main = new Main();
    Failures failures = new Failures(main::debug);
    CommandLine line = new CommandLine(main);
    commandsFor(arguments).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a picture may be called @home.png
        .setUsageHelpWidth(WIDTH)
        .setExecutionStrategy(failures::run)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    layOut(line);
    return line;
  }

  private static List<Class<?>> commandsFor(String... arguments) {
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && nameOf(command).equals(arguments[0]))
            .toList();
    return named.isEmpty() ? COMMANDS : named;
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static void layOut(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .synopsisHeading("Usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings())
        .sortOptions(false)
        .abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(Main::layOut);
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // digits that scripts can read
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine(arguments).execute(arguments));
  }
}
