package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in processes of their own, which are killed without a warning. */
class KillTest {
  private static final int STEPS = 30;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(50);
  private Path recipe;

  /** Trains by a recipe's file, into a folder, on one thread. */
  static final class Child {
    public static void main(String[] arguments) throws IOException {
      Recipe recipe = Recipe.load(arguments[0], Map.of());
      Trainer trainer = new Trainer(recipe, Path.of(arguments[1]), new TrainingListener() {});
      boolean resume = arguments[2].equals("resume");
      if (!resume) {
        trainer.useThreads(1);
      }
      trainer.run(resume);
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    TinyRun.prepare(folder);
    Map<String, String> often = Map.of("every.validate", "4", "every.checkpoint", "2");
    recipe =
        Files.writeString(folder.resolve("tiny.yaml"), TinyRun.gan(folder, STEPS, often).toYaml());
  }

  @Test
  void aRunThatIsKilledThreeTimesEndsInTheSameBits() throws IOException, InterruptedException {
    endsInTheSameBitsAfter(3);
  }

  @Test
  @Tag("slow")
  void fiftyKillsAtRandomMomentsChangeNothing() throws IOException, InterruptedException {
    endsInTheSameBitsAfter(50);
  }

  private void endsInTheSameBitsAfter(int wanted) throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    long start = System.nanoTime();
    complete(whole);
    long longest = since(start);
    int kills = 0;
    for (int i = 0; kills < wanted; i++) {
      Path run = folder.resolve("run" + i);
      while (kills < wanted && !isComplete(run)) {
        boolean anew = !Files.exists(run);
        long begin = System.nanoTime();
        Process process = start(run);
        if (process.waitFor(random.nextLong(longest), TimeUnit.MILLISECONDS)) {
          assertThat(process.exitValue()).as(output(run)).isZero();
          longest = anew ? since(begin) : longest; // the machine may be busier or less so
        } else {
          process.destroyForcibly().waitFor();
          kills++;
        }
      }
      if (!isComplete(run)) {
        complete(run);
      }
      assertSame(run, whole);
    }
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private void complete(Path run) throws IOException, InterruptedException {
    assertThat(start(run).waitFor()).as(output(run)).isZero();
  }

  /** Begins or goes on, as somebody would who finds the folder as it is. */
  private Process start(Path run) throws IOException {
    boolean resume = !Checkpoint.newestFirst(run.resolve("checkpoints")).isEmpty();
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // most of its time goes into starting
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                recipe.toString(),
                run.toString(),
                resume ? "resume" : "begin"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(log(run).toFile()))
        .start();
  }

  private Path log(Path run) {
    return folder.resolve(run.getFileName() + ".log");
  }

  private String output(Path run) throws IOException {
    return Files.exists(log(run)) ? Files.readString(log(run)) : "";
  }

  private static boolean isComplete(Path run) {
    return Files.exists(TinyRun.checkpoint(run, STEPS));
  }

  private static void assertSame(Path run, Path whole) throws IOException {
    for (String file :
        List.of(
            TinyRun.checkpoint(Path.of(""), STEPS).toString(),
            "model.safetensors",
            "discriminator.safetensors",
            "best.safetensors",
            "log.csv")) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }
}
