package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that may take little memory, in a process of its own. */
class LittleHeapTest {
  @TempDir Path folder;

  @Test
  void aPictureThatIsTooLargeForTheHeapStopsNoOther() throws IOException, InterruptedException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path large = Samples.picture(folder.resolve("large.png"), 1200, 1000, Channels.GRAY);
    Path small = Samples.picture(folder.resolve("small.png"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx20m", // the large result alone is 19 MB
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "upscale",
                large.toString(),
                small.toString(),
                "-m",
                model.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(ExitCode.DONE_IN_PART);
    assertThat(output.lines())
        .contains(
            "esrgan: cannot upscale %s: it needs more memory than Java may take; give it more by ESRGAN_JAVA_OPTS=-Xmx8g"
                .formatted(large));
    assertThat(folder.resolve("small_x4.png")).exists();
    assertThat(folder.resolve("large_x4.png")).doesNotExist();
  }
}
