package io.esrgan.bench.micro;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Tensor;
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

/** The passage from picture to tensor and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PixelsBenchmark {
  private final Picture picture = TestPicture.make(1);
  private io.esrgan.tensor.Scope scope;
  private Tensor colours; // (1, 3, 1024, 1024)

  @Setup
  public void open() {
    scope = io.esrgan.tensor.Scope.open();
    colours = Pixels.toTensor(picture);
  }

  @Benchmark
  public void toTensor() {
    Pixels.toTensor(picture).close();
  }

  @Benchmark
  public Picture toPicture() {
    return Pixels.toPicture(colours, null, 8, Metadata.NONE);
  }

  @TearDown
  public void close() {
    scope.close();
  }
}
