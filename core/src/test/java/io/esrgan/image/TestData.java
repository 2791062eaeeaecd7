package io.esrgan.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The public test sets, which are not in the repository. */
public final class TestData {
  private TestData() {}

  /**
   * The folder in the system property {@code esrgan.data}; the test is skipped where it is empty.
   */
  public static Path folder() {
    String folder = System.getProperty("esrgan.data", "");
    assumeTrue(
        !folder.isEmpty(), "needs the test sets: -Desrgan.data=DIR with benchmark/Set5 and so on");
    return Path.of(folder);
  }
}
