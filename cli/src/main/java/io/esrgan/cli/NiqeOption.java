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
    Path found = file.orElseGet(NiqeOption::usual);
    if (file.isEmpty() && !Files.exists(found)) {
      throw new IOException(
          "NIQE needs its parameters, but there is no %s; fetch BasicSR's file of that name, or name"
                  .formatted(found)
              + " it by --niqe-parameters");
    }
    return Niqe.read(found);
  }

  private static Path usual() {
    String folder = System.getProperty(FOLDER, System.getenv(FOLDER_VARIABLE));
    return folder != null && !folder.isBlank()
        ? Path.of(folder, NAME)
        : Path.of(System.getProperty("user.home"), ".cache", "esrgan", NAME);
  }
}
