package io.esrgan.cli;

import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import io.esrgan.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan convert}: a generator of any make as safetensors. */
@Command(
    name = "convert",
    description = {
      "Writes an ESRGAN model of any make as safetensors.",
      "",
      "Weights get the names that BasicSR and Real-ESRGAN use; their numbers stay as they are."
    },
    footer = {"", "Example:", "  esrgan convert RRDB_ESRGAN_x4.pth -o esrgan.safetensors"})
final class ConvertCommand implements Callable<Integer> {
  private static final String ENDING = ".safetensors";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "An ESRGAN model: .safetensors or .pth.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "What to write; ends in .safetensors.")
  private Path output;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    if (!output.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      throw new ParameterException(
          spec.commandLine(), "-o %s must end in %s".formatted(output, ENDING));
    }
    if (Files.exists(output) && !force) {
      throw new IOException(output + " exists already; give --force to overwrite it");
    }
    GeneratorFile generator = generator();
    if (force) {
      Weights.write(output, generator.weights());
    } else {
      Weights.create(output, generator.weights());
    }
    new Console(spec, false)
        .line(
            "%s -> %s  %s, %s -> safetensors, new names, %s"
                .formatted(
                    file,
                    output,
                    generator.container().title(),
                    generator.layout().title(),
                    generator.dtype()));
    return ExitCode.DONE;
  }

  private GeneratorFile generator() throws WeightsException {
    try {
      return Weights.readGenerator(file);
    } catch (WeightsException e) {
      spec.commandLine().getErr().print(e.tree());
      throw e;
    }
  }
}
