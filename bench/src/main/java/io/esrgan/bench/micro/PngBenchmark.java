package io.esrgan.bench.micro;

import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** PNG files read and written, in the folder for temporary files; writing waits for the disk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PngBenchmark {
  private final Picture picture = TestPicture.make(1);
  private Path folder;
  private Path written;
  private Path toRead;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("esrgan-bench");
    written = folder.resolve("written.png");
    toRead = folder.resolve("read.png");
    Images.write(picture, toRead, true);
  }

  @Benchmark
  public Picture read() throws IOException {
    return Images.read(toRead);
  }

  @Benchmark
  public void write() throws IOException {
    Images.write(picture, written, true);
  }

  @TearDown
  public void close() throws IOException {
    Files.deleteIfExists(written);
    Files.deleteIfExists(toRead);
    Files.deleteIfExists(folder);
  }
}
