package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  @TempDir Path folder;

  /** Runs in a JVM of its own: says whether it got the lock, and holds it until it is ended. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      System.out.write(LockFile.take(Path.of(arguments[0])).isPresent() ? 'y' : 'n');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  private Process another() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.resolve("lock").toString())
        .start();
  }

  @Test
  void isHeldByOneOfAProcess() throws IOException {
    Path file = folder.resolve("lock");
    try (LockFile lock = LockFile.take(file).orElseThrow()) {
      assertThat(LockFile.take(file)).isEmpty();
      assertThat(LockFile.take(folder.resolve("../" + folder.getFileName() + "/lock"))).isEmpty();
    }
    try (LockFile lock = LockFile.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void isHeldByOneOfTwoProcessesEvenAfterAnotherThreadAskedForIt()
      throws IOException, InterruptedException {
    Process second;
    try (LockFile lock = LockFile.take(folder.resolve("lock")).orElseThrow()) {
      assertThat(LockFile.take(folder.resolve("lock"))).isEmpty();
      second = another();
      assertThat(second.getInputStream().read()).isEqualTo('n');
      end(second);
    }
  }

  @Test
  void isFreeWhenItsProcessHasEnded() throws IOException, InterruptedException {
    Process holder = another();
    assertThat(holder.getInputStream().read()).isEqualTo('y');
    assertThat(LockFile.take(folder.resolve("lock"))).isEmpty();
    end(holder);
    LockFile.take(folder.resolve("lock")).orElseThrow().close();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
