package io.esrgan.cli;

import io.esrgan.cli.WeightOutput.DtypeChoice;
import io.esrgan.weights.Container;
import io.esrgan.weights.DiscriminatorFile;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.StateDict;
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

/** {@code esrgan convert}: a generator or discriminator of any make as safetensors. */
@Command(
    name = "convert",
    description = {
      "Writes an ESRGAN model of any make, or a discriminator, as safetensors.",
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
  /** What was read, under the new names, and how the file had it. */
  private record Model(StateDict weights, Container container, String layout, Dtype dtype) {}

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "An ESRGAN model or a discriminator: .safetensors or .pth.")
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
    Model model = model();
    target.write(model.weights, file.toString(), choice);
    new Console(spec, false)
        .line(
            "%s -> %s  %s, %s -> safetensors, new names, %s"
                .formatted(
                    file,
                    output,
                    model.container.title(),
                    model.layout,
                    choice.map(DtypeChoice::dtype).orElse(model.dtype)));
    return ExitCode.DONE;
  }

  private Model model() throws WeightsException {
    try {
      if (Weights.open(file).kind().isDiscriminator()) {
        DiscriminatorFile read = Weights.readDiscriminator(file);
        return new Model(read.weights(), read.container(), read.layout().title(), read.dtype());
      }
      GeneratorFile read = Weights.readGenerator(file);
      return new Model(read.weights(), read.container(), read.layout().title(), read.dtype());
    } catch (WeightsException e) {
      spec.commandLine().getErr().print(e.tree());
      throw e;
    }
  }
}
