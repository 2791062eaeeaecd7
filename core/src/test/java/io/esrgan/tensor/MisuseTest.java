package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls, most of them wrong: each either works or throws, and the JVM lives to tell. */
class MisuseTest {
  private static final int CALLS = 20_000;

  private final List<Tensor> tensors =
      new ArrayList<>(); // open, closed and from closed scopes alike
  private SplittableRandom random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomCallsNeverReachNativeCodeWithSomethingWrong(long seed) {
    random = new SplittableRandom(seed);
    long before = Scope.liveTensors();
    int refused = 0;
    try (Scope outer = Scope.open()) {
      for (int i = 0; i < CALLS / 100; i++) {
        try (Scope inner = Scope.open()) {
          for (int j = 0; j < 100; j++) {
            try {
              Tensor made = call(inner);
              if (made != null && made.count() < 1 << 16) {
                tensors.add(made);
              }
            } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | EngineException e) {
              assertThat(e.getMessage()).isNotBlank();
              refused++;
            }
          }
          tensors.removeIf(t -> random.nextInt(4) == 0);
        }
      }
    }
    assertThat(refused).isBetween(CALLS / 20, CALLS - CALLS / 20);
    assertThat(Scope.liveTensors()).isEqualTo(before);
  }

  private Tensor call(Scope scope) {
    Tensor a = any();
    Tensor b = any();
    return switch (random.nextInt(46)) {
      case 0 -> Tensor.of(new float[random.nextInt(200)], shape());
      case 1 -> Tensor.zeros(precision(), Device.CPU, shape());
      case 2 -> a.plus(b, random.nextDouble());
      case 3 -> a.minus(b);
      case 4 ->
          a.convolve(
              b, random.nextBoolean() ? null : any(), random.nextInt(3), random.nextInt(-1, 3));
      case 5 -> Tensor.concatenate(List.of(a, b));
      case 6 -> a.upsampleNearest(random.nextInt(-1, 4));
      case 7 -> a.pixelShuffle(random.nextInt(4));
      case 8 -> a.pixelUnshuffle(random.nextInt(4));
      case 9 -> a.slice(random.nextInt(-1, 5), random.nextInt(-1, 9), random.nextInt(-1, 9));
      case 10 -> a.reshape(shape());
      case 11 -> a.channelsLast();
      case 12 -> a.to(precision());
      case 13 -> a.padReflect(random.nextInt(-1, 5), random.nextInt(-1, 5));
      case 14 -> a.l1Loss(b);
      case 15 -> a.assign(b);
      case 16 -> a.plusInPlace(b, 0.5);
      case 17 -> a.timesInPlace(0.5);
      case 18 -> a.plusProductInPlace(b, any(), 1);
      case 19 -> a.plusQuotientInPlace(b, any(), 1);
      case 20 -> a.towardsInPlace(b, 0.1);
      case 21 -> a.channelsLastView(random.nextInt(-1, 30), 1, 2, random.nextInt(4), 3);
      case 22 -> a.abs();
      case 23 -> a.leakyReluInPlace(0.1);
      case 24 -> a.requireGradient(b);
      case 25 -> a.detach();
      case 26 -> a.mean();
      case 27 -> scope.keep(a);
      case 28 -> a.repeatLast(random.nextInt(5));
      case 29 -> a.leakyRelu(0.2);
      case 34 -> a.times(b);
      case 35 -> a.dot(b);
      case 36 -> a.transposed();
      case 37 -> a.dividedBy(random.nextBoolean() ? b : b.mean());
      case 38 -> a.atLeast(0.5).square();
      case 39 ->
          a.batchNorm(b, any(), any(), any(), random.nextBoolean(), random.nextDouble(), 1e-5);
      case 40 -> {
        long[] c = {a.size(1)};
        yield a.batchNorm(zeros(c), zeros(c), zeros(c), zeros(c), random.nextBoolean(), 0.1, 1e-5);
      }
      case 41 -> a.normalise(new double[4], new double[] {1, 1, 1, 1});
      case 42 -> a.maxPool(random.nextInt(-1, 4), random.nextInt(-1, 4));
      case 43 -> a.upsampleBilinear(random.nextInt(-1, 4));
      case 44 -> a.softplus().unwatched();
      case 45 -> a.meanSquaredError(b);
      case 30 -> {
        a.backward();
        yield null;
      }
      case 31 -> {
        a.close();
        yield null;
      }
      case 32 -> {
        a.toFloats();
        yield null;
      }
      default -> {
        a.item();
        yield null;
      }
    };
  }

  private static Tensor zeros(long[] shape) {
    return Tensor.zeros(Precision.FLOAT32, Device.CPU, shape);
  }

  private Tensor any() {
    return tensors.isEmpty() || random.nextInt(8) == 0
        ? Tensor.zeros(precision(), Device.CPU, shape())
        : tensors.get(random.nextInt(tensors.size()));
  }

  private Precision precision() {
    return random.nextInt(4) == 0 ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  private long[] shape() {
    long[] common = {1, 4, 6, 6};
    if (random.nextInt(2) == 0) {
      return common;
    }
    return random.longs(random.nextInt(6), -1, 7).toArray();
  }

  @Test
  void manyThreadsWithScopesOfTheirOwnDoNotDisturbEachOther() throws InterruptedException {
    AtomicLong right = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      float value = t;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  try (Scope scope = Scope.open()) {
                    Tensor x = Tensor.full(value, Precision.FLOAT32, Device.CPU, 1, 2, 8, 8);
                    right.addAndGet(x.upsampleNearest(2).mean().item() == value ? 1 : 0);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right).hasValue(800);
  }
}
