package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.metric.Consistency;
import io.esrgan.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UpscaleCommandTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Samples.model(folder.resolve("tiny.safetensors"), 4);
  }

  @Test
  void aPictureBecomesFourTimesLargerBesideItself() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.jpg"));
    CommandRun run = CommandRun.of("upscale", photo, "-m", model).succeeds();
    Path result = folder.resolve("photo_x4.png");
    assertThat(Images.read(result)).hasToString("32x24 RGB, 8 bits");
    assertThat(run.out())
        .startsWith(photo + " -> " + result + "  8x6 -> 32x24  ")
        .hasLineCount(1)
        .containsPattern(" s, agrees with the input to -?\\d+\\.\\d dB\\R$");
  }

  @Test
  void anyScaleCanBeHad() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 7, 5, Channels.RGB_ALPHA);
    CommandRun.of("upscale", photo, "-m", model, "--scale", "2.5").succeeds();
    assertThat(Images.read(folder.resolve("photo_x2.5.png")))
        .hasToString("18x13 RGB_ALPHA, 8 bits");
    CommandRun.of("upscale", photo, "-m", model, "-s", "6").succeeds();
    assertThat(Images.read(folder.resolve("photo_x6.png"))).hasToString("42x30 RGB_ALPHA, 8 bits");
  }

  @Test
  void anEnsembleAndBackProjectionEachGiveAnotherPicture() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path plain = folder.resolve("plain.png");
    Path ensemble = folder.resolve("ensemble.png");
    Path projected = folder.resolve("projected.png");
    CommandRun.of("upscale", photo, "-m", model, "-o", plain).succeeds();
    CommandRun.of("upscale", photo, "-m", model, "-o", ensemble, "--ensemble").succeeds();
    CommandRun.of("upscale", photo, "-m", model, "-o", projected, "--back-project", "20")
        .succeeds();
    assertThat(Images.read(ensemble).bytes()).isNotEqualTo(Images.read(plain).bytes());
    Picture low = Images.read(photo);
    assertThat(Consistency.of(low, Images.read(projected)))
        .isGreaterThan(Consistency.of(low, Images.read(plain)) + 3);
  }

  @Test
  void aModelThatDoesNotEnlargeHasNothingToBackProject() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path same = Samples.model(folder.resolve("same.safetensors"), 1);
    CommandRun run =
        CommandRun.of("upscale", photo, "-m", same, "--back-project", "5")
            .fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("does not enlarge").hasLineCount(1);
    CommandRun.of("upscale", photo, "-m", same, "--scale", "2").succeeds();
    assertThat(Images.read(folder.resolve("photo_x2.png"))).hasToString("16x12 RGB, 8 bits");
  }

  @Test
  void theNameSaysTheScaleOfTheModel() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path twice = Samples.model(folder.resolve("twice.safetensors"), 2);
    CommandRun.of("upscale", photo, "-m", twice).succeeds();
    assertThat(Images.read(folder.resolve("photo_x2.png"))).hasToString("16x12 RGB, 8 bits");
  }

  @Test
  void spacesAndLettersOfAnyScriptAreOrdinary() throws IOException {
    Path photo = Samples.picture(folder.resolve("Fotos Ærø 写真/mein größtes Bild.v2.png"));
    CommandRun run = CommandRun.of("upscale", photo, "-m", model).succeeds();
    assertThat(photo.resolveSibling("mein größtes Bild.v2_x4.png")).exists();
    assertThat(run.out()).contains("写真");
  }

  @Test
  void grayAlphaAndSixteenBitsSurvive() throws IOException {
    Path photo = Samples.picture(folder.resolve("icon.png"), 5, 7, Channels.GRAY_ALPHA);
    CommandRun.of("upscale", photo, "-m", model).succeeds();
    assertThat(Images.read(folder.resolve("icon_x4.png"))).hasToString("20x28 GRAY_ALPHA, 8 bits");
  }

  @Test
  void resultsGoIntoAFolderInTheFormatAskedFor() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path results = folder.resolve("new/large");
    CommandRun.of("upscale", photo, "-m", model, "-o", results + "/", "--format", "tiff")
        .succeeds();
    assertThat(Images.probe(results.resolve("photo_x4.tiff")).width()).isEqualTo(32);
  }

  @Test
  void oneResultMayHaveAnyName() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path result = folder.resolve("poster.bmp");
    CommandRun.of("upscale", photo, "-m", model, "-o", result).succeeds();
    assertThat(Images.probe(result).format().name()).isEqualTo("BMP");
  }

  @Test
  void nothingIsOverwrittenWithoutForce() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path taken = Files.writeString(folder.resolve("photo_x4.png"), "precious");
    CommandRun run = CommandRun.of("upscale", photo, "-m", model).fails(ExitCode.FAILED);
    assertThat(run.err()).contains(taken + " exists already", "--force");
    assertThat(taken).hasContent("precious");
    CommandRun.of("upscale", photo, "-m", model, "--force").succeeds();
    assertThat(Images.probe(taken).width()).isEqualTo(32);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which limits whole paths
  void aResultWhoseNameIsTooLongIsRefusedBeforeTheWork() throws IOException {
    Path photo = Files.writeString(folder.resolve("x".repeat(250) + ".png"), "not even read");
    CommandRun run = CommandRun.of("upscale", photo, "-m", model).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("_x4.png: File name too long", "-o").hasLineCount(1);
  }

  @Test
  void aBadPictureStopsNoOther() throws IOException {
    Path first = Samples.picture(folder.resolve("a.png"));
    Path bad = Files.writeString(folder.resolve("b.png"), "no picture");
    Path last = Samples.picture(folder.resolve("c.png"));
    CommandRun run =
        CommandRun.of("upscale", first, bad, last, "-m", model).fails(ExitCode.DONE_IN_PART);
    assertThat(folder.resolve("a_x4.png")).exists();
    assertThat(folder.resolve("c_x4.png")).exists();
    assertThat(run.err()).contains(bad.toString()).hasLineCount(1);
    assertThat(run.out()).contains("2 pictures upscaled, 1 failed");
  }

  @Test
  void whereAllFailTheCommandFails() throws IOException {
    Path bad = Files.writeString(folder.resolve("b.png"), "no picture");
    CommandRun.of("upscale", bad, folder.resolve("missing.png"), "-m", model)
        .fails(ExitCode.FAILED);
  }

  @Test
  void aFolderGivesItsPicturesButNotItsEarlierResults() throws IOException {
    Path album = folder.resolve("album");
    Samples.picture(album.resolve("one.png"));
    Samples.picture(album.resolve("two.jpg"));
    Files.writeString(album.resolve("notes.txt"), "no picture");
    CommandRun.of("upscale", album, "-m", model).succeeds();
    CommandRun again = CommandRun.of("upscale", album, "-m", model, "--force").succeeds();
    assertThat(again.out()).contains("2 pictures upscaled");
    assertThat(album.toFile().list())
        .containsExactlyInAnyOrder("one.png", "two.jpg", "notes.txt", "one_x4.png", "two_x4.png");
  }

  @Test
  void aFolderWithoutPicturesIsAFailureBesideOthers() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path photo = Samples.picture(folder.resolve("photo.png"));
    CommandRun.of("upscale", empty, "-m", model).fails(ExitCode.FAILED);
    CommandRun run =
        CommandRun.of("upscale", empty, photo, "-m", model).fails(ExitCode.DONE_IN_PART);
    assertThat(run.err()).contains("no pictures", empty.toString());
  }

  @Test
  void twoPicturesOfOneNameAreRefusedBeforeAnyWork() throws IOException {
    Path first = Samples.picture(folder.resolve("photo.png"));
    Path second = Samples.picture(folder.resolve("photo.jpg"));
    Path third = Samples.picture(folder.resolve("third.png"));
    CommandRun run =
        CommandRun.of("upscale", third, first, second, "-m", model).fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains(first.toString(), second.toString());
    assertThat(folder.resolve("third_x4.png")).doesNotExist();
  }

  @Test
  void severalPicturesDoNotBecomeOne() {
    CommandRun run =
        CommandRun.of("upscale", "a.png", "b.png", "-o", "c.png", "-m", model)
            .fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("name a folder");
  }

  @Test
  void aDeviceThatIsNotThereIsWrongUsage() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    assumeFalse(Device.MPS.isAvailable());
    CommandRun run =
        CommandRun.of("upscale", photo, "-m", model, "--device", "mps").fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("--device mps", "--device cpu").hasLineCount(1);
  }

  @Test
  void aBarIsDrawnOnATerminalAndTakenAway() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    System.setProperty("esrgan.terminal", "true");
    try {
      CommandRun run = CommandRun.of("upscale", photo, "-m", model);
      assertThat(run.err()).contains("Upscaling").endsWith("\r\u001b[K");
      assertThat(run.out()).startsWith(photo + " -> ").hasLineCount(1);
    } finally {
      System.clearProperty("esrgan.terminal");
    }
  }

  @Test
  void transparencyInAFormatWithoutItIsRefusedBeforeTheWork() throws IOException {
    Path icon = Samples.picture(folder.resolve("icon.png"), 4, 4, Channels.RGB_ALPHA);
    CommandRun run =
        CommandRun.of("upscale", icon, "-m", model, "--format", "jpg").fails(ExitCode.FAILED);
    assertThat(run.err()).contains("transparency");
  }

  @Test
  void quietPrintsErrorsOnly() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path missing = folder.resolve("missing.png");
    CommandRun run =
        CommandRun.of("upscale", photo, missing, "-m", model, "--quiet")
            .fails(ExitCode.DONE_IN_PART);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("missing.png");
  }

  @Test
  void aPictureIsTheSameWholeOrInParts() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 90, 70, Channels.RGB);
    String[] options = {"--precision", "float32", "--device", "cpu"};
    CommandRun.of("upscale", photo, "-m", model, options[0], options[1], options[2], options[3])
        .succeeds();
    CommandRun.of(
            "upscale",
            photo,
            "-m",
            model,
            "--memory",
            "1m",
            "-o",
            folder.resolve("parts.png"),
            options[0],
            options[1])
        .succeeds();
    assertThat(Images.read(folder.resolve("parts.png")).bytes())
        .isEqualTo(Images.read(folder.resolve("photo_x4.png")).bytes());
  }

  @Test
  void aForecastSaysWhatPicturesTakeAndWritesNothing() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 90, 70, Channels.RGB);
    CommandRun run =
        CommandRun.of("upscale", photo, "-m", model, "--device", "cpu", "--forecast").succeeds();
    assertThat(run.out())
        .containsPattern(
            "photo\\.png  90x70 takes about \\d+\\.\\d s and \\d+\\.\\d [MG]B of memory\\R$")
        .hasLineCount(1);
    assertThat(folder.resolve("photo_x4.png")).doesNotExist();
  }

  @Test
  void aFileThatIsNoGeneratorIsCalledWhatItIs() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    CommandRun run = CommandRun.of("upscale", photo, "-m", photo).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("PNG picture").hasLineCount(1);
  }

  @Test
  void aWidePictureInLittleMemoryIsComputedInBandsAndSaysSo() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"), 1500, 60, Channels.RGB);
    Path exact = folder.resolve("exact.png");
    Path bands = folder.resolve("bands.png");
    Path rough = folder.resolve("rough.png");
    String[] little = {"--memory", "1m", "--precision", "float32", "--device", "cpu"};
    CommandRun whole =
        upscale(photo, exact, "--precision", "float32", "--device", "cpu", "--verify-seams");
    assertThat(whole.out()).doesNotContain("computed twice").contains("it has no seams");
    assertThat(upscale(photo, bands, little).out())
        .containsPattern(", in \\d+ bands, \\d+% computed twice\\R");
    CommandRun approximate =
        upscale(
            photo,
            rough,
            Stream.concat(Stream.of(little), Stream.of("--overlap", "2", "--verify-seams"))
                .toArray(String[]::new));
    assertThat(approximate.out())
        .containsPattern(", in \\d+ bands, \\d+% computed twice, approximately\\R")
        .containsPattern("found at seams is \\d+\\.\\d\\d of 255 levels\\R");
    assertThat(bands).hasSameBinaryContentAs(exact);
    assertThat(Images.read(rough).bytes()).isNotEqualTo(Images.read(exact).bytes());
  }

  private CommandRun upscale(Path photo, Path result, String... options) {
    return CommandRun.of(
            Stream.concat(
                    Stream.of("upscale", photo, "-m", model, "-o", result), Stream.of(options))
                .toArray())
        .succeeds();
  }

  @Test
  void anOverlapIsANumberOfColumns() {
    CommandRun run =
        CommandRun.of("upscale", "a.png", "--overlap", "-3").fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("no number of columns").hasLineCount(1);
  }
}
