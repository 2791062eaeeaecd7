package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradeCommandTest {
  @TempDir Path folder;
  private Path large;
  private Path small;
  private Path sheet;

  @BeforeEach
  void makePictures() throws IOException {
    large = Samples.picture(folder.resolve("large.png"), 90, 84, Channels.RGB);
    small = Samples.picture(folder.resolve("small.png"), 41, 33, Channels.RGB);
    sheet = folder.resolve("sheet.png");
  }

  private CommandRun degrade(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("degrade", "-o", sheet));
    arguments.addAll(List.of("--set", "data.crop=32", "--set", "degradation.margin=16"));
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void aSheetHasARowForEachPictureThoughOneIsTooSmallForTheMargin() throws IOException {
    CommandRun run = degrade(large, small, "--count", "3").succeeds();
    assertThat(run.out()).contains("3 samples of 2 pictures -> " + sheet);
    int height = Images.read(sheet).height();
    degrade(large, "--count", "3", "-f").succeeds();
    assertThat(height - Images.read(sheet).height()).isGreaterThanOrEqualTo(32);
  }

  @Test
  void theSeedDecidesWhatIsDrawn() throws IOException {
    degrade(large).succeeds();
    Picture first = Images.read(sheet);
    degrade(large, "-f").succeeds();
    assertThat(Images.read(sheet).bytes()).isEqualTo(first.bytes());
    degrade(large, "-f", "--seed", "1").succeeds();
    assertThat(Images.read(sheet).bytes()).isNotEqualTo(first.bytes());
  }

  @Test
  void mistakesAreNamedAndNothingIsWritten() throws IOException {
    assertThat(degrade(large, "--count", "0").fails(ExitCode.WRONG_USAGE).err())
        .contains("--count 1 to 16", "and 0");
    CommandRun nothing = CommandRun.of("degrade", large, "-o", sheet, "--recipe", "rcan");
    assertThat(nothing.fails(ExitCode.WRONG_USAGE).err())
        .contains("rcan degrades nothing", "data.degradation=real-esrgan");
    assertThat(degrade(large, "--recipe", "rcan").fails(ExitCode.WRONG_USAGE).err())
        .contains("degradation.margin has no meaning without data.degradation");
    assertThat(degrade(small, "--set", "data.crop=36").fails(ExitCode.FAILED).err())
        .contains("small.png has 41x33 pixels", "36x36");
    assertThat(
            degrade(large, "--set", "degradation.jpeg=[95, 30]").fails(ExitCode.WRONG_USAGE).err())
        .contains("degradation.jpeg", "the least and the most");
    assertThat(sheet).doesNotExist();
    Files.writeString(sheet, "precious");
    assertThat(degrade(large).fails(ExitCode.FAILED).err()).contains("--force");
    assertThat(sheet).hasContent("precious");
  }
}
