package io.esrgan.bench.micro;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import io.esrgan.metric.Channel;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Ssim;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is computed on pictures in Java: shrinking, SSIM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PictureBenchmark {
  private final Picture picture = TestPicture.make(1);
  private final Picture other = TestPicture.make(2);
  private final Ssim ssim = new Ssim();

  @Benchmark
  public Picture shrinkByFour() {
    return Bicubic.shrink(picture, 4);
  }

  @Benchmark
  public double ssimOfLuma() {
    return ssim.measure(picture, other, new Protocol(Channel.Y, 4));
  }

  @Benchmark
  public double ssimOfRgb() {
    return ssim.measure(picture, other, new Protocol(Channel.RGB, 4));
  }
}
