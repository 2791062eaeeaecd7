package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

class InfoCommandTest {
  @TempDir Path folder;

  @Test
  void tellsTheMeasuresOfAGenerator() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    CommandRun run = CommandRun.of("info", model).succeeds();
    assertThat(run.out().lines().map(line -> line.replaceAll("\\s+", " ")))
        .contains(
            "what an RRDB generator (ESRGAN)",
            "container safetensors",
            "names new (BasicSR)",
            "scale x4",
            "channels 3 in, 3 out",
            "measures nf 8, gc 4, nb 1",
            "SHA-256 " + Weights.sha256(model),
            "says name tiny");
    assertThat(run.out()).contains("parameters", "for a pixel of the input", "receptive radius");
  }

  @ParameterizedTest
  @CsvSource({
    "vgg-128-old.legacy, old ESRGAN, pictures of 128x128 pixels, 'nf 1, biases everywhere'",
    "vgg-256-new.legacy, new (BasicSR), pictures of 256x256 pixels, nf 1",
    "unet.zip, new (BasicSR), every pixel of a picture, nf 2"
  })
  void tellsTheMeasuresOfADiscriminator(String name, String names, String judges, String measures) {
    CommandRun run =
        CommandRun.of("info", CommandRun.resource("critics/" + name + ".pth")).succeeds();
    assertThat(run.out().lines().map(line -> line.replaceAll("\\s+", " ")))
        .contains("names " + names, "judges " + judges, "measures " + measures, "channels 3 in");
    assertThat(run.out()).contains("discriminator", "parameters");
  }

  @Test
  void tellsTheLayersOfAClassifier() throws IOException {
    Path file = folder.resolve("vgg.safetensors");
    StateDict narrow = Weights.read(CommandRun.resource("critics/features.safetensors"));
    Weights.write(file, narrow.under("vgg19."));
    CommandRun run = CommandRun.of("info", file).succeeds();
    assertThat(run.out().lines().map(line -> line.replaceAll("\\s+", " ")))
        .contains("what VGG19, a classifier", "convolutions 16")
        .anyMatch(line -> line.matches("parameters [0-9,]+ before the classifier"));
    assertThat(run.out()).contains("conv5_4");
  }

  @Test
  void aDiscriminatorWithoutAllItsWeightsShowsWhatIsMissing() throws IOException {
    Map<String, Weight> weights =
        new LinkedHashMap<>(
            Weights.read(CommandRun.resource("critics/vgg-128-new.zip.pth")).weights());
    weights.remove("bn3_1.running_var");
    Path damaged = folder.resolve("damaged.safetensors");
    Weights.write(damaged, StateDict.of(weights));
    CommandRun run = CommandRun.of("info", damaged);
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("a VGG-style discriminator");
    assertThat(run.err()).contains("bn3_1", "running_var", "esrgan: " + damaged);
  }

  @Test
  void knowsTheOldNamesAndFormats() {
    CommandRun run =
        CommandRun.of("info", CommandRun.resource("fixtures/rrdb-x4-old.legacy.pth")).succeeds();
    assertThat(run.out()).contains("PyTorch legacy", "old ESRGAN", "nf 8, gc 8, nb 3");
  }

  @Test
  void tellsThePixelsOfAPicture() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.jpg"));
    CommandRun run = CommandRun.of("info", photo).succeeds();
    assertThat(run.out()).contains("a picture", "JPEG", "8 x 6");
  }

  @Test
  void aPictureIsOneWhateverItsNameSays() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path renamed = Files.move(photo, folder.resolve("weights.pth"));
    assertThat(CommandRun.of("info", renamed).succeeds().out()).contains("PNG");
  }

  @Test
  void weightsForSomethingElseAreCalledWhatTheyAre() {
    CommandRun run =
        CommandRun.of("info", CommandRun.resource("weights/netg.legacy.pth")).succeeds();
    assertThat(run.out()).contains("PyTorch legacy", "SHA-256");
  }

  @Test
  void aGeneratorWithoutAllItsWeightsShowsWhatIsMissing() throws IOException {
    Map<String, Weight> weights =
        new LinkedHashMap<>(Weights.read(Samples.model(folder.resolve("t.st"), 4)).weights());
    weights.remove("body.0.rdb2.conv3.bias");
    weights.put("stray.weight", Weight.of(new float[] {1}, 1));
    Path damaged = folder.resolve("damaged.safetensors");
    Weights.write(damaged, StateDict.of(weights));
    CommandRun run = CommandRun.of("info", damaged);
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("an RRDB generator");
    assertThat(run.err()).contains("rdb2", "conv3", "stray", "esrgan: " + damaged);
  }

  @Test
  void unknownWeightsAreAFailureThatShowsTheirNames() throws IOException {
    Path file = folder.resolve("odd.safetensors");
    Weights.write(file, StateDict.of(Map.of("mystery", Weight.of(new float[] {1}, 1))));
    CommandRun run = CommandRun.of("info", file).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("not recognised", "mystery");
  }

  @Test
  void textIsNeitherPictureNorWeights() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "dear diary");
    assertThat(CommandRun.of("info", text).fails(ExitCode.FAILED).err())
        .contains(text.toString(), "no weight file");
    CommandRun.of("info", folder).fails(ExitCode.FAILED);
    CommandRun.of("info", folder.resolve("missing")).fails(ExitCode.FAILED);
  }
}
