package io.esrgan.cli;

import io.esrgan.metric.Niqe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where NIQE's parameters are, which do not come with the program. */
final class NiqeOption {
  private static final String NAME = "niqe_pris_params.npz";
  private static final String FOLDER = "esrgan.assets"; // a system property, for tests
  private static final String FOLDER_VARIABLE = "ESRGAN_ASSETS";

  @Option(
      names = "--niqe-parameters",
      paramLabel = "FILE",
      description =
          "What NIQE was fitted to natural pictures with: BasicSR's "
              + NAME
              + ". Default: that file"
              + " in the folder that the variable "
              + FOLDER_VARIABLE
              + " names, or in"
              + " ~/.cache/esrgan.")
  private Optional<Path> file = Optional.empty();

  /** Reads the parameters. */
  Niqe read() throws IOException {
    if (isMissing()) {
      throw new IOException(missing());
    }
    return Niqe.read(file.orElseGet(NiqeOption::usual));
  }

  /** Whether no file is named and none is in its usual place. */
  boolean isMissing() {
    return file.isEmpty() && !Files.exists(usual());
  }

  /** What to do where it is missing. */
  static String missing() {
    return ("NIQE needs its parameters, but there is no %s; fetch BasicSR's file of that name, or"
            + " name it by --niqe-parameters")
        .formatted(usual());
  }

  private static Path usual() {
    String folder = System.getProperty(FOLDER, System.getenv(FOLDER_VARIABLE));
    return folder != null && !folder.isBlank()
        ? Path.of(folder, NAME)
        : Path.of(System.getProperty("user.home"), ".cache", "esrgan", NAME);
  }
}
