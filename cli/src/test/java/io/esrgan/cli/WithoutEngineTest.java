package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that compute no network never load libtorch, which takes a second or more. */
class WithoutEngineTest {
  @TempDir Path folder;

  @Test
  void helpInfoConvertAssetsAndBicubicDoWithout() throws IOException, InterruptedException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path set = folder.resolve("set");
    Samples.picture(set.resolve("one.png"), 48, 48, Channels.RGB);
    assertDoesWithout("--help");
    assertDoesWithout("info", model.toString());
    assertDoesWithout("convert", model.toString(), "-o", folder + "/new.safetensors");
    assertDoesWithout("assets");
    assertDoesWithout("eval", "--bicubic", set.toString());
    assertDoesWithout(ExitCode.FAILED, "upscale", folder + "/missing.png");
  }

  private void assertDoesWithout(String... arguments) throws IOException, InterruptedException {
    assertDoesWithout(ExitCode.DONE, arguments);
  }

  /** In a JVM of its own, where libtorch would have to be unpacked before it is loaded. */
  private void assertDoesWithout(int code, String... arguments)
      throws IOException, InterruptedException {
    Path cache = Files.createTempDirectory(folder, "cache");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(code);
    assertThat(cache).isEmptyDirectory();
  }
}
