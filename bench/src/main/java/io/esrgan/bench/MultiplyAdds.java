package io.esrgan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Multiply-adds in float32 and little else, on numbers that stay in the nearest cache. */
final class MultiplyAdds {
  private static final int NUMBERS = 2048; // 8 KB
  private static final int PASSES = 5000;
  private static final int DEPTH = 8; // multiply-adds for each number that is read and written

  private final ExecutorService threads;
  private final List<Callable<float[]>> shares = new ArrayList<>();

  /** Work for as many threads, which end with the process. */
  MultiplyAdds(int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, "multiply-adds");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < count; i++) {
      float[] numbers = new float[NUMBERS];
      shares.add(
          () -> {
            for (int pass = 0; pass < PASSES; pass++) {
              pass(numbers, 0.5f, 0.25f);
            }
            return numbers;
          });
    }
  }

  /** Floating-point operations of a run, two for each multiply-add. */
  double operations() {
    return 2.0 * shares.size() * PASSES * NUMBERS * DEPTH;
  }

  void run() {
    try {
      for (Future<float[]> share : threads.invokeAll(shares)) {
        requireLimit(share.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  /** x = x / 2 + 1/4 goes to 1/2, and is there after the first run; the compiler can't know. */
  private static void requireLimit(float[] numbers) {
    for (float number : numbers) {
      if (number != 0.5f) {
        throw new IllegalStateException("multiply-adds came to " + number + ", not to 0.5");
      }
    }
  }

  /** A chain for each number; neighbours in a vector, several vectors in flight. */
  private static void pass(float[] numbers, float factor, float addend) {
    for (int i = 0; i < numbers.length; i++) {
      float x = numbers[i];
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      x = Math.fma(x, factor, addend);
      numbers[i] = Math.fma(x, factor, addend);
    }
  }
}
