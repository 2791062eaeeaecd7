package io.esrgan.bench;

import io.esrgan.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The best rate in floating-point operations a second that all of the engine's threads together
 * were seen to reach in one precision: a floor under the processor's own peak.
 *
 * <p>Tried are libtorch's product of square matrices that lie in the cache, and in float32 a loop
 * of multiply-adds in Java, which the compiler turns into vector instructions. The fastest of many
 * runs counts, each of a few milliseconds, so that it was not disturbed.
 */
final class Peak {
  private static final int[] SIDES = {256, 512, 1024};
  private static final long PATIENCE = 30_000_000; // nanoseconds for each way to try

  /** One way to reach it. */
  private static final class Attempt {
    final String name;
    final double operations;
    final Runnable work;
    double best; // operations a second

    Attempt(String name, double operations, Runnable work) {
      this.name = name;
      this.operations = operations;
      this.work = work;
    }

    void measure() {
      long begin = System.nanoTime();
      long end;
      do {
        long start = System.nanoTime();
        work.run();
        end = System.nanoTime();
        best = Math.max(best, operations * 1e9 / (end - start));
      } while (end - begin < PATIENCE);
    }
  }

  private final Precision precision;
  private final List<Attempt> attempts = new ArrayList<>();

  /** Its matrices belong to the {@link PointerScope} that is open now. */
  Peak(Precision precision, int threads) {
    this.precision = precision;
    for (int side : SIDES) {
      attempts.add(product(side));
    }
    if (precision == Precision.FLOAT32) {
      MultiplyAdds loop = new MultiplyAdds(threads);
      attempts.add(new Attempt("a loop of multiply-adds in Java", loop.operations(), loop::run));
    }
  }

  private Attempt product(int side) {
    Tensor a = random(side);
    Tensor b = random(side);
    Tensor product = random(side);
    return new Attempt(
        "libtorch's product of matrices of %dx%d".formatted(side, side),
        2.0 * side * side * side,
        () -> {
          try (PointerScope scope = new PointerScope();
              NoGradGuard none = new NoGradGuard()) {
            torch.mm_out(product, a, b);
          }
        });
  }

  private Tensor random(int side) {
    Tensor drawn = torch.rand(side, side);
    return precision == Precision.BFLOAT16 ? drawn.to(torch.ScalarType.BFloat16) : drawn;
  }

  Precision precision() {
    return precision;
  }

  /** Tries again. */
  void measure() {
    attempts.forEach(Attempt::measure);
  }

  /** The best so far, in operations a second. */
  double rate() {
    return best().best;
  }

  private Attempt best() {
    return attempts.stream()
        .max((one, other) -> Double.compare(one.best, other.best))
        .orElseThrow();
  }

  /** In words: the rate, and what reached it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %.0f GFLOP/s (%s)", precision.label(), rate() / 1e9, best().name);
  }
}
