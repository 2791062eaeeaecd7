package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that may take little memory, in a process of its own. */
class LittleHeapTest {
  @TempDir Path folder;

  @Test
  void aPictureWhoseResultIsSeveralTimesTheHeapGoesThroughByRows()
      throws IOException, InterruptedException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path large = Samples.picture(folder.resolve("large.png"), 2400, 1200, Channels.RGB);
    Path result = folder.resolve("result.tif"); // 138 MB of samples
    String output = run(ExitCode.DONE, "-Xmx40m", large, "-m", model, "-o", result);
    assertThat(output).contains("2400x1200 -> 9600x4800", "agrees with the input to");
    assertThat(Images.probe(result).height()).isEqualTo(4800);
  }

  @Test
  void aPictureThatIsTooLargeForTheHeapStopsNoOther() throws IOException, InterruptedException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path large = Samples.picture(folder.resolve("large.png"), 1400, 1000, Channels.GRAY);
    Path small = Samples.picture(folder.resolve("small.png"));
    String output = run(ExitCode.DONE_IN_PART, "-Xmx20m", large, small, "-m", model, "--ensemble");
    assertThat(output.lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "esrgan: cannot upscale %s: a self-ensemble holds the whole result, 22 MB"
                        .formatted(large)));
    assertThat(folder.resolve("small_x4.png")).exists();
    assertThat(folder.resolve("large_x4.png")).doesNotExist();
  }

  private static String run(int code, String heap, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "upscale"));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(code);
    return output;
  }
}
