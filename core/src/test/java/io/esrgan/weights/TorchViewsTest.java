package io.esrgan.weights;

import static io.esrgan.weights.TorchFiles.number;
import static io.esrgan.weights.TorchFiles.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchViewsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "views.zip.pth",
        "views.legacy.pth",
        "views-protocol4.zip.pth",
        "views-protocol4.legacy.pth"
      })
  void everyViewAndTypeHasItsNumbers(String file) throws IOException {
    StateDict dict = Weights.read(TorchFiles.file(file));

    check(dict, "plain", floats(6, 8, (y, x) -> number("base", y * 8 + x)), 6, 8);
    check(dict, "transposed", floats(8, 6, (y, x) -> number("base", x * 8 + y)), 8, 6);
    check(
        dict, "every-second", floats(3, 3, (y, x) -> number("base", 2 * y * 8 + 1 + 3 * x)), 3, 3);
    check(dict, "expanded", floats(4, 5, (y, x) -> number("expanded", x)), 4, 5);
    check(dict, "shared.head", numbers("shared", 12), 3, 4);
    check(dict, "shared.tail", floats(1, 12, (y, x) -> number("shared", 12 + x)), 12);
    check(dict, "shared.again", numbers("shared", 24), 24);
    check(dict, "channels-last", numbers("image", 120), 2, 3, 4, 5);
    check(dict, "scalar", numbers("scalar", 1));
    check(dict, "empty", new float[0], 0, 3);
    check(dict, "parameter", numbers("parameter", 4), 2, 2);
    for (String name : new String[] {"f64", "f16", "bf16"}) {
      check(dict, name, floats(3, 5, (y, x) -> number(name, y * 5 + x) % 64), 3, 5);
    }
    for (String name : new String[] {"i64", "i32", "i16", "i8", "u8"}) {
      long[] longs = dict.get(name).longs();
      for (int i = 0; i < 15; i++) {
        assertThat(longs[i]).as(name).isEqualTo((long) number(name, i) % 64);
      }
      assertThat(dict.get(name).dtype().name().toLowerCase(java.util.Locale.ROOT)).isEqualTo(name);
    }
    for (int i = 0; i < 7; i++) {
      assertThat(dict.get("bool").longs()[i]).isEqualTo((long) number("bool", i) % 2);
    }
    assertThat(dict.size()).isEqualTo(20);
  }

  private interface At {
    float value(int y, int x);
  }

  private static float[] floats(int height, int width, At at) {
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = at.value(i / width, i % width);
    }
    return values;
  }

  private static void check(StateDict dict, String name, float[] values, long... shape) {
    Weight weight = dict.get(name);
    assertThat(weight.shape()).as(name).containsExactly(shape);
    assertThat(weight.floats()).as(name).containsExactly(values);
  }
}
