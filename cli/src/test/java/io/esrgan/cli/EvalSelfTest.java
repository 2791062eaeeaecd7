package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalSelfTest {
  @TempDir Path folder;
  private AssetsIn assets;

  @BeforeEach
  void hideAssets() {
    assets = new AssetsIn(folder);
  }

  @AfterEach
  void showAssets() {
    assets.close();
  }

  @Test
  void everyCheckHasALineAndWhatWasNotCheckedIsSaid() {
    CommandRun run = CommandRun.of("eval", "--self-test").succeeds();
    assertThat(run.out())
        .contains("ok      PSNR of a difference of 1: 48.13080, should be 48.13080 within")
        .contains("not checked: NIQE", "not checked: published pictures")
        .endsWith("all 19 checks passed\n")
        .doesNotContain("FAILED");
  }

  /** Five pictures in a folder called Set5 that are not Set5. */
  @Test
  void aFailedCheckIsAnExitCode() throws IOException {
    for (int i = 0; i < 5; i++) {
      Samples.picture(folder.resolve("Set5/%d.png".formatted(i)), 48, 40, Channels.RGB);
    }
    CommandRun run =
        CommandRun.of("eval", "--self-test", folder.resolve("Set5")).fails(ExitCode.FAILED);
    assertThat(run.out()).contains("FAILED  bicubic x4 of Set5: PSNR-Y").doesNotContain("passed");
    assertThat(run.err()).contains("2 of 21 checks failed");
  }
}
