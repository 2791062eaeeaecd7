package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code esrgan train} in a process of its own that is told to end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be asked to end there")
class StoppedTrainingTest {
  private static final int TERMINATED = 128 + 15;
  private static final Pattern STOPPED =
      Pattern.compile("stopped at step (\\d+); go on with --resume");

  @TempDir Path folder;

  @Test
  void aSignalSavesTheRunAndSaysHowToGoOn() throws IOException, InterruptedException {
    Samples.picture(folder.resolve("photos/one.png"), 40, 40, Channels.RGB);
    Process process = new ProcessBuilder(command("--set", "steps=1000000")).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null) {
        lines.add(line);
        if (line.startsWith("step 4/")) {
          process.toHandle().destroy(); // Process.destroy would close its output
        }
        line = out.readLine();
      }
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(errors).isEqualTo(TERMINATED);
    Matcher stopped = STOPPED.matcher(lines.get(lines.size() - 1));
    assertThat(stopped.matches()).as(String.join("\n", lines)).isTrue();
    long step = Long.parseLong(stopped.group(1));
    Path run = folder.resolve("run");
    assertThat(run.resolve("checkpoints/%09d.checkpoint.safetensors".formatted(step))).exists();
    assertThat(run.resolve("model.safetensors")).exists();
    try (var files = Files.list(run.resolve("checkpoints"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
    CommandRun resumed =
        CommandRun.of((Object[]) arguments("--set", "steps=" + (step + 1), "--resume"));
    assertThat(resumed.succeeds().out()).contains("steps %d to %d".formatted(step + 1, step + 1));
  }

  private List<String> command(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments(more)));
    return command;
  }

  private String[] arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "compact-psnr", "--threads", "1", "--out", folder + "/run"));
    for (String value :
        List.of(
            "data.train=" + folder.resolve("photos"),
            "network.features=4",
            "network.growth=4",
            "network.blocks=1",
            "data.crop=16",
            "data.batch=2",
            "schedule.warmup=0",
            "every.log=2",
            "every.checkpoint=0",
            "every.validate=0")) {
      arguments.addAll(List.of("--set", value));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
