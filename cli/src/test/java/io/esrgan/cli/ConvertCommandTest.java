package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.weights.Container;
import io.esrgan.weights.DiscriminatorFile;
import io.esrgan.weights.DiscriminatorLayout;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.RrdbLayout;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {
  @TempDir Path folder;

  @Test
  void anOldModelBecomesSafetensorsWithTheSameNumbers() throws IOException {
    Path old = CommandRun.resource("fixtures/rrdb-x4-old.legacy.pth");
    Path converted = folder.resolve("new.safetensors");
    CommandRun.of("convert", old, "-o", converted).succeeds();
    GeneratorFile generator = Weights.readGenerator(converted);
    assertThat(generator.container()).isEqualTo(Container.SAFETENSORS);
    assertThat(generator.layout()).isEqualTo(RrdbLayout.NEW);
    assertThat(generator.weights()).isEqualTo(Weights.readGenerator(old).weights());
  }

  @Test
  void numbersStayAsTheyAreStored() throws IOException {
    Path converted = folder.resolve("half.safetensors");
    CommandRun.of("convert", CommandRun.resource("fixtures/rrdb-half.zip.pth"), "-o", converted)
        .succeeds();
    assertThat(Weights.readGenerator(converted).dtype()).isEqualTo(Dtype.F16);
  }

  @ParameterizedTest
  @CsvSource({"float16, F16", "bfloat16, BF16", "float32, F32"})
  void numbersAreStoredAsAskedFor(String choice, Dtype dtype) throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path converted = folder.resolve("converted.safetensors");
    CommandRun run = CommandRun.of("convert", model, "-o", converted, "--dtype", choice).succeeds();
    assertThat(run.out()).contains(dtype.name());
    assertThat(Weights.readGenerator(converted).weights())
        .isEqualTo(Weights.readGenerator(model).weights().in(dtype));
  }

  @Test
  void numbersTooLargeForFloat16AreRefused() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    StateDict weights = Weights.readGenerator(model).weights();
    Map<String, Weight> changed = new LinkedHashMap<>(weights.weights());
    changed.put("conv_last.bias", Weight.of(new float[] {0, 70_000, 0}, 3));
    Weights.write(model, StateDict.of(changed));
    Path converted = folder.resolve("converted.safetensors");
    CommandRun run =
        CommandRun.of("convert", model, "-o", converted, "--dtype", "float16")
            .fails(ExitCode.FAILED);
    assertThat(run.err()).contains("conv_last.bias", "bfloat16").hasLineCount(1);
    assertThat(converted).doesNotExist();
  }

  @Test
  void nothingIsOverwrittenWithoutForce() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path taken = Files.writeString(folder.resolve("taken.safetensors"), "precious");
    CommandRun run = CommandRun.of("convert", model, "-o", taken).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("--force");
    assertThat(taken).hasContent("precious");
    CommandRun.of("convert", model, "-o", taken, "--force").succeeds();
    assertThat(Weights.readGenerator(taken)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"vgg-128-old.legacy", "vgg-256-new.legacy", "unet.zip", "unet-parametrized.legacy"})
  void aDiscriminatorGetsTheNewNamesToo(String name) throws IOException {
    Path old = CommandRun.resource("critics/" + name + ".pth");
    Path converted = folder.resolve("netD.safetensors");
    CommandRun run = CommandRun.of("convert", old, "-o", converted).succeeds();
    assertThat(run.out()).contains("PyTorch", "new names, F32");
    DiscriminatorFile discriminator = Weights.readDiscriminator(converted);
    assertThat(discriminator.layout()).isEqualTo(DiscriminatorLayout.NEW);
    assertThat(discriminator.weights()).isEqualTo(Weights.readDiscriminator(old).weights());
  }

  @Test
  void whatIsNoGeneratorIsRefused() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    CommandRun.of("convert", photo, "-o", folder.resolve("new.safetensors")).fails(ExitCode.FAILED);
    assertThat(folder.resolve("new.safetensors")).doesNotExist();
  }

  @Test
  void aModelBecomesOnnxThatIsRefusedWhereWeightsAreWanted() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 2);
    Path network = folder.resolve("tiny.ONNX");
    CommandRun run = CommandRun.of("convert", model, "-o", network).succeeds();
    assertThat(run.out()).contains("-> ONNX, x2, F32");
    assertThat(network).isNotEmptyFile();
    for (Object[] arguments :
        new Object[][] {
          {"info", network}, {"convert", network, "-o", folder.resolve("new.safetensors")}
        }) {
      assertThat(CommandRun.of(arguments).fails(ExitCode.FAILED).err())
          .contains(network.toString(), "an ONNX network")
          .hasLineCount(1);
    }
  }

  @Test
  void onnxIsNotOverwrittenWithoutForce() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path taken = Files.writeString(folder.resolve("taken.onnx"), "precious");
    CommandRun run = CommandRun.of("convert", model, "-o", taken).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("--force");
    assertThat(taken).hasContent("precious");
    CommandRun.of("convert", model, "-o", taken, "--force").succeeds();
    assertThat(taken).binaryContent().startsWith(8, 8);
  }

  @Test
  void aDiscriminatorIsNotWrittenAsOnnx() throws IOException {
    Path old = CommandRun.resource("critics/unet.zip.pth");
    Path network = folder.resolve("netD.onnx");
    CommandRun run = CommandRun.of("convert", old, "-o", network).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("is a discriminator").hasLineCount(1);
    assertThat(network).doesNotExist();
  }
}
