package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpolateCommandTest {
  @TempDir Path folder;
  private Path psnr;
  private Path gan;

  @BeforeEach
  void makeModels() throws IOException {
    psnr = Samples.model(folder.resolve("psnr.safetensors"), 4);
    gan = folder.resolve("gan.safetensors");
    Map<String, Weight> tuned = new LinkedHashMap<>();
    Weights.readGenerator(psnr)
        .weights()
        .weights()
        .forEach(
            (name, weight) -> {
              float[] values = weight.floats();
              for (int i = 0; i < values.length; i++) {
                values[i] *= i % 3 == 0 ? 1.5f : 0.9f;
              }
              tuned.put(name, Weight.of(values, weight.shape()));
            });
    Weights.write(gan, StateDict.of(tuned));
  }

  private static float first(Path model) throws IOException {
    return Weights.readGenerator(model).weights().get("conv_first.weight").floats()[0];
  }

  @Test
  void whatLiesBetweenIsAModelThatSaysWhatItIs() throws IOException {
    Path mixed = folder.resolve("mixed.safetensors");
    CommandRun run =
        CommandRun.of("interpolate", psnr, gan, "--alpha", "0.8", "-o", mixed).succeeds();
    assertThat(run.out()).contains("at alpha 0.8", "mixed.safetensors", "F32").hasLineCount(1);
    assertThat(first(mixed) / first(psnr)).isBetween(1.3999f, 1.4001f);
    assertThat(CommandRun.of("info", mixed).succeeds().out())
        .contains("says interpolation.alpha", "0.8", Weights.sha256(psnr), Weights.sha256(gan));
    Path photo = Samples.picture(folder.resolve("photo.png"));
    CommandRun.of("upscale", photo, "-m", mixed).succeeds();
  }

  @Test
  void onTheFlyIsTheSameAsFromAFile() throws IOException {
    Path mixed = folder.resolve("mixed.safetensors");
    CommandRun.of("interpolate", psnr, gan, "--alpha", "0.3", "-o", mixed).succeeds();
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    CommandRun.of("upscale", photo, "-m", mixed, "-o", one).succeeds();
    CommandRun.of("upscale", photo, "-m", psnr, "-m", gan, "--alpha", "0.3", "-o", two).succeeds();
    assertThat(Images.read(two).bytes()).isEqualTo(Images.read(one).bytes());
  }

  @Test
  void thePairInsideIsTheDefault() throws IOException {
    Path mixed = folder.resolve("mixed.safetensors");
    CommandRun.of("interpolate", "--alpha", "0.5", "-o", mixed, "--dtype", "float16").succeeds();
    assertThat(Weights.readGenerator(mixed).dtype()).isEqualTo(Dtype.F16);
    assertThat(Weights.read(mixed).metadata()).containsEntry("interpolation.b", "compact-gan-x4");
  }

  @Test
  void aPictureIsUpscaledAnywhereBetweenThePairInside() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    for (String alpha : new String[] {"0", "0.37", "1"}) {
      Path large = folder.resolve("large" + alpha + ".png");
      CommandRun.of("upscale", photo, "--alpha", alpha, "-o", large).succeeds();
      assertThat(Images.read(large).width()).isEqualTo(32);
    }
  }

  @Test
  void strangersAreWarnedOfAndWrittenAllTheSame() throws IOException {
    Path stranger = Samples.stranger(folder.resolve("stranger.safetensors"));
    Path mixed = folder.resolve("mixed.safetensors");
    CommandRun run = CommandRun.of("interpolate", psnr, stranger, "--alpha", "0.5", "-o", mixed);
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).startsWith("esrgan: warning: ").contains("cosine").hasLineCount(1);
    assertThat(mixed).exists();
  }

  @Test
  void otherShapesAreRefusedAndNothingIsWritten() throws IOException {
    Path two = Samples.model(folder.resolve("two.safetensors"), 2);
    Path mixed = folder.resolve("mixed.safetensors");
    CommandRun run =
        CommandRun.of("interpolate", psnr, two, "--alpha", "0.5", "-o", mixed)
            .fails(ExitCode.FAILED);
    assertThat(run.err()).contains("scale (4 and 2)").hasLineCount(1);
    assertThat(mixed).doesNotExist();
  }

  @Test
  void nothingIsOverwrittenWithoutForce() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken.safetensors"), "precious");
    CommandRun run =
        CommandRun.of("interpolate", psnr, gan, "--alpha", "1", "-o", taken).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("--force");
    assertThat(taken).hasContent("precious");
    CommandRun.of("interpolate", psnr, gan, "--alpha", "1", "-o", taken, "-f").succeeds();
    assertThat(first(taken)).isEqualTo(first(gan));
  }

  @Test
  void theSweepMeasuresAndDraws() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 120, 112, Channels.RGB);
    Path figure = folder.resolve("figure.png");
    CommandRun run =
        CommandRun.of(
                "interpolate",
                psnr,
                gan,
                "--sweep",
                photo,
                "-o",
                figure,
                "--step",
                "0.5",
                "--crop",
                "8,8,64,48")
            .succeeds();
    assertThat(run.out().lines().filter(line -> line.startsWith("photo.png "))).hasSize(3 + 1);
    assertThat(run.out())
        .contains("network PSNR-Y", "image PSNR-Y", "alpha 1: " + gan, Weights.sha256(gan));
    Picture drawn = Images.read(figure);
    assertThat(drawn.width()).isGreaterThan(4 * 192);
    assertThat(drawn.height()).isBetween(2 * 144, 2 * 144 + 300);
    CommandRun again =
        CommandRun.of("interpolate", psnr, gan, "--sweep", photo, "-o", figure)
            .fails(ExitCode.FAILED);
    assertThat(again.err()).contains("--force");
  }

  @Test
  void theSweepTakesWholeSetsAndPrintsCsv() throws IOException {
    Path set = folder.resolve("Set2");
    Samples.picture(set.resolve("one.png"), 48, 40, Channels.RGB);
    Samples.picture(set.resolve("two.png"), 40, 48, Channels.GRAY);
    CommandRun run =
        CommandRun.of("interpolate", psnr, gan, "--sweep", set, "--step", "0.25", "--csv")
            .succeeds();
    assertThat(run.out().lines()).hasSize(1 + 5);
    assertThat(run.out().lines().skip(1)).allMatch(line -> line.startsWith("Set2,2,"));
  }

  @Test
  void aCropOutsideThePictureIsNamed() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 120, 112, Channels.RGB);
    CommandRun run =
        CommandRun.of(
                "interpolate",
                psnr,
                gan,
                "--sweep",
                photo,
                "-o",
                folder.resolve("f.png"),
                "--step",
                "1",
                "--crop",
                "100,0,64,64")
            .fails(ExitCode.FAILED);
    assertThat(run.err()).contains("photo.png, which has 120x112").hasLineCount(1);
    assertThat(folder.resolve("f.png")).doesNotExist();
  }

  @Test
  void evaluationNamesThePlaceOfEachRow() throws IOException {
    Path set = folder.resolve("Set1");
    Samples.picture(set.resolve("one.png"), 48, 40, Channels.RGB);
    CommandRun run = CommandRun.of("eval", set, "--alpha", "0", "--alpha", "0.5").succeeds();
    assertThat(run.out()).contains("compact-psnr-x4 ", "compact-x4 alpha 0.5 ");
  }
}
