package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {
  @TempDir Path folder;

  @Test
  void studiesAreListedShownAndRunAgainFromTheirText() throws IOException {
    assertThat(CommandRun.of("ablate", "--list").succeeds().out().lines())
        .containsExactly("figure-8", "initialisation");
    String text = CommandRun.of("ablate", "initialisation", "--show").succeeds().out();
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(mine, text.replace("blocks: 64", "blocks: 0"));
    CommandRun wrong =
        CommandRun.of(
                "ablate", mine, "--set", "data.train=" + folder, "--set", "measure.sets=" + folder)
            .fails(ExitCode.WRONG_USAGE);
    assertThat(wrong.err())
        .contains("mine.yaml, line", "network.blocks is 0, but must be from 1 to 1000");
  }

  @Test
  void aStudyTellsHowItGoesAndEndsWithItsTable() throws IOException {
    Samples.picture(folder.resolve("photos/one.png"), 40, 40, Channels.RGB);
    Path out = folder.resolve("out");
    CommandRun run =
        CommandRun.of(
            "ablate",
            "initialisation",
            "--out",
            out,
            "--threads",
            1,
            "--set",
            "data.train=" + folder.resolve("photos"),
            "--set",
            "measure.sets=" + folder.resolve("photos"),
            "--set",
            "network.blocks=2",
            "--set",
            "network.features=4",
            "--set",
            "data.crop=16",
            "--set",
            "data.batch=1",
            "--set",
            "schedule.warmup=0",
            "--set",
            "steps=1");
    assertThat(run.succeeds().out())
        .contains("msra-psnr: x4, RRDBNet with residual blocks nf 4, nb 2")
        .contains("both on photos: PSNR-Y ")
        .containsPattern("photos +scaled +1 +\\d+\\.\\d{4}")
        .contains("done: see " + out.resolve("index.html"));
    assertThat(out.resolve("figure.png")).exists();
  }
}
