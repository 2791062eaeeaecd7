package io.esrgan.cli;

import io.esrgan.cli.WeightOutput.DtypeChoice;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import io.esrgan.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan convert}: a generator of any make as safetensors. */
@Command(
    name = "convert",
    description = {
      "Writes an ESRGAN model of any make as safetensors.",
      "",
      "Weights get the names that BasicSR and Real-ESRGAN use; their numbers stay as they are,"
          + " unless --dtype says otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan convert RRDB_ESRGAN_x4.pth -o esrgan.safetensors",
      "  esrgan convert RRDB_ESRGAN_x4.pth -o half.safetensors --dtype float16"
    })
final class ConvertCommand implements Callable<Integer> {
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
      names = "--dtype",
      paramLabel = "float32|float16|bfloat16",
      description =
          "How numbers are stored. float16 and bfloat16 halve a file of float32; float16 is the"
              + " nearer to it. Default: as they are.")
  private Optional<DtypeChoice> choice = Optional.empty();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    WeightOutput target = new WeightOutput(spec, output, force);
    GeneratorFile generator = generator();
    target.write(generator.weights(), file.toString(), choice);
    new Console(spec, false)
        .line(
            "%s -> %s  %s, %s -> safetensors, new names, %s"
                .formatted(
                    file,
                    output,
                    generator.container().title(),
                    generator.layout().title(),
                    choice.map(DtypeChoice::dtype).orElse(generator.dtype())));
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
