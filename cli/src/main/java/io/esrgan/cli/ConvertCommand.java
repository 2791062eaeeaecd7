package io.esrgan.cli;

import io.esrgan.cli.WeightOutput.DtypeChoice;
import io.esrgan.export.Onnx;
import io.esrgan.model.Generators;
import io.esrgan.weights.Container;
import io.esrgan.weights.DiscriminatorFile;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.GeneratorConfig;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan convert}: a generator of any make as safetensors or ONNX; discriminators too. */
@Command(
    name = "convert",
    description = {
      "Writes an ESRGAN model of any make, or a discriminator, as safetensors; or a model as ONNX,"
          + " which other programs run.",
      "",
      "Weights get the names that BasicSR and Real-ESRGAN use; their numbers stay as they are,"
          + " unless --dtype says otherwise. ONNX is float32, for pictures of any size."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan convert RRDB_ESRGAN_x4.pth -o esrgan.safetensors",
      "  esrgan convert RRDB_ESRGAN_x4.pth -o half.safetensors --dtype float16",
      "  esrgan convert RRDB_ESRGAN_x4.pth -o esrgan.onnx"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final String ONNX = ".onnx";

  /** What was read, under the new names, and how the file had it. */
  private record Model(
      Optional<GeneratorConfig> generator,
      StateDict weights,
      Container container,
      String layout,
      Dtype dtype) {}

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "An ESRGAN model or a discriminator: .safetensors, .pth, or ncnn's .bin with its .param"
              + " beside it.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "What to write; ends in .safetensors or .onnx.")
  private Path output;

  @Option(
      names = "--dtype",
      paramLabel = "float32|float16|bfloat16",
      description =
          "How numbers are stored. float16 and bfloat16 halve a file of float32; float16 is the"
              + " nearer to it. Default: as they are, and float32 in ONNX, which has no other.")
  private Optional<DtypeChoice> choice = Optional.empty();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    if (WeightOutput.endsIn(output, ONNX)) {
      writeOnnx();
    } else if (WeightOutput.endsIn(output, WeightOutput.ENDING)) {
      writeSafetensors();
    } else {
      throw wrong("-o %s must end in %s or %s".formatted(output, WeightOutput.ENDING, ONNX));
    }
    return ExitCode.DONE;
  }

  private void writeSafetensors() throws IOException {
    WeightOutput target = new WeightOutput(spec, output, force);
    Model model = model();
    target.write(model.weights, file.toString(), choice);
    told(model, "safetensors, new names, " + choice.map(DtypeChoice::dtype).orElse(model.dtype));
  }

  private void writeOnnx() throws IOException {
    if (choice.isPresent() && choice.get() != DtypeChoice.FLOAT32) {
      throw wrong(
          "--dtype %s is for safetensors; ONNX is written in float32".formatted(choice.get()));
    }
    WeightOutput.requireFree(output, force);
    Model model = model();
    GeneratorConfig config =
        model.generator.orElseThrow(
            () ->
                new IOException(
                    "%s is a discriminator, and ONNX is for generators; name a .safetensors file"
                        .formatted(file)));
    Onnx.write(output, Generators.of(config), model.weights, force);
    told(model, "ONNX, x%d, F32".formatted(config.scale()));
  }

  private void told(Model model, String written) {
    new Console(spec, false)
        .line(
            "%s -> %s  %s, %s -> %s"
                .formatted(file, output, model.container.title(), model.layout, written));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Model model() throws WeightsException {
    try {
      if (Weights.open(file).kind().isDiscriminator()) {
        DiscriminatorFile read = Weights.readDiscriminator(file);
        return new Model(
            Optional.empty(),
            read.weights(),
            read.container(),
            read.layout().title(),
            read.dtype());
      }
      GeneratorFile read = Weights.readGenerator(file);
      return new Model(
          Optional.of(read.config()),
          read.weights(),
          read.container(),
          read.layout().title(),
          read.dtype());
    } catch (WeightsException e) {
      spec.commandLine().getErr().print(e.tree());
      throw e;
    }
  }
}
