package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of rows into wider ones and back. */
class KernelsTest {
  private static final int BLOCK = 8;
  private static final int ROWS = 3;
  private static final int WIDTH = 5;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void theMiddleIsWrittenAndNothingElse(int margin) {
    int wide = WIDTH + 2 * margin;
    try (Scope scope = Scope.open();
        NativeMemory narrowMemory = NativeMemory.allocate(bytes(WIDTH));
        NativeMemory wideMemory = NativeMemory.allocate(bytes(wide));
        NativeMemory backMemory = NativeMemory.allocate(bytes(WIDTH));
        Workbench workbench = new Workbench()) {
      narrowMemory.put(0, numbers(1, WIDTH));
      wideMemory.put(0, numbers(-1, wide));
      FeatureBlocks narrow = maps(narrowMemory, WIDTH);
      FeatureBlocks within = maps(wideMemory, wide);
      FeatureBlocks back = maps(backMemory, WIDTH);
      try (Kernel in = Kernels.copyMiddle(narrow, within, workbench);
          Kernel out = Kernels.copyMiddle(within, back, workbench)) {
        workbench.allocate();
        in.run();
        out.run();
      }
      assertThat(floats(backMemory, WIDTH)).isEqualTo(numbers(1, WIDTH).toFloats());
      float[] expected = numbers(-1, wide).toFloats();
      float[] middle = numbers(1, WIDTH).toFloats();
      for (int line = 0; line < 2 * ROWS; line++) {
        int from = line * WIDTH * BLOCK;
        int to = (line * wide + margin) * BLOCK;
        System.arraycopy(middle, from, expected, to, WIDTH * BLOCK);
      }
      assertThat(floats(wideMemory, wide)).isEqualTo(expected);
    }
  }

  @Test
  void aMiddleHasAsManyColumnsOnEitherSide() {
    try (NativeMemory memory = NativeMemory.allocate(2 * bytes(WIDTH + 1));
        Workbench workbench = new Workbench()) {
      assertThatThrownBy(
              () -> Kernels.copyMiddle(maps(memory, WIDTH), maps(memory, WIDTH + 1), workbench))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the middle of");
    }
  }

  private static long bytes(int width) {
    return 2L * ROWS * width * BLOCK * Float.BYTES;
  }

  private static FeatureBlocks maps(NativeMemory memory, int width) {
    return FeatureBlocks.dense(memory, 0, BLOCK, 2 * BLOCK, ROWS, width, Precision.FLOAT32);
  }

  /** From one, all different, with a sign. */
  private static Tensor numbers(int sign, int width) {
    float[] numbers = new float[2 * ROWS * width * BLOCK];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = sign * (i + 1);
    }
    return Tensor.of(numbers, 2, ROWS, width, BLOCK);
  }

  private static float[] floats(NativeMemory memory, int width) {
    Tensor numbers = Tensor.zeros(Precision.FLOAT32, Device.CPU, 2, ROWS, width, BLOCK);
    memory.get(0, numbers);
    return numbers.toFloats();
  }
}
