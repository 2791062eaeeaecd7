package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;

  private Path photo;
  private Path out;

  @BeforeEach
  void picture() throws IOException {
    photo = Samples.picture(folder.resolve("photo.png"), 120, 112, Channels.RGB);
    out = folder.resolve("out");
  }

  @Test
  void comparesModelsAtSeveralAlphasAndKeepsWhatIsThere() throws IOException {
    CommandRun run =
        CommandRun.of(
                "compare",
                photo,
                "--models",
                "bicubic,embedded:0,embedded:1",
                "--crop",
                "8,8,64,48",
                "-o",
                out)
            .succeeds();
    assertThat(run.out().lines().filter(line -> line.startsWith("photo.png ")))
        .filteredOn(line -> !line.contains("original") && !line.contains(" x4: "))
        .hasSize(3);
    assertThat(out.resolve("index.html")).exists();
    assertThat(Images.read(out.resolve("photo.png")).width()).isGreaterThan(4 * 64);
    assertThat(Images.read(out.resolve("photo/3_compact-gan-x4.png")).width()).isEqualTo(120);
    assertThat(CommandRun.of("compare", photo, "-o", out).fails(ExitCode.FAILED).err())
        .contains("--force");
  }

  @Test
  void aPictureTooSmallForNiqeHasNoNumberOfIt() {
    CommandRun run =
        CommandRun.of(
                "compare",
                photo,
                "--models",
                "bicubic",
                "--niqe-parameters",
                CommandRun.resource("metric/niqe-samples.npz"),
                "-o",
                out,
                "--csv")
            .succeeds();
    assertThat(run.out().lines().findFirst().orElseThrow()).contains("NIQE");
    assertThat(run.out().lines().filter(line -> line.contains(",bicubic,"))).hasSize(1);
    assertThat(run.out()).doesNotContain("NaN");
    assertThat(out.resolve("index.html")).content().contains("NIQE -");
  }

  @Test
  void whatCannotBeIsToldInALine() throws IOException {
    assertThat(
            CommandRun.of("compare", photo, "--models", "embedded:2", "-o", out)
                .fails(ExitCode.WRONG_USAGE)
                .err())
        .contains("--models embedded:2", "between 0");
    Path other = Samples.picture(folder.resolve("other/photo.png"), 40, 40, Channels.RGB);
    assertThat(
            CommandRun.of("compare", photo, other, "--models", "bicubic", "-o", out)
                .fails(ExitCode.FAILED)
                .err())
        .contains("written over one another")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void noFigureReplacesAPictureItIsMadeOf() throws IOException {
    byte[] before = Files.readAllBytes(photo);
    String[] inPlace = {
      "compare", photo.toString(), "--models", "bicubic", "-o", folder.toString()
    };
    assertThat(CommandRun.of((Object[]) inPlace).fails(ExitCode.FAILED).err())
        .contains("photo.png lies in")
        .hasLineCount(1);
    Files.createFile(folder.resolve("index.html"));
    CommandRun.of("compare", photo, "--models", "bicubic", "-o", folder, "--force")
        .fails(ExitCode.FAILED);
    Path beside = Files.createDirectories(folder.resolve("full"));
    Files.createFile(beside.resolve("mine.txt"));
    assertThat(
            CommandRun.of("compare", photo, "--models", "bicubic", "-o", beside, "--force")
                .fails(ExitCode.FAILED)
                .err())
        .contains("holds other files");
    assertThat(Files.readAllBytes(photo)).isEqualTo(before);
  }
}
