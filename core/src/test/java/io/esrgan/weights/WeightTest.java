package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WeightTest {
  @Test
  void everyHalfBecomesTheFloatThatItMeans() {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits = 0; bits < 1 << 16; bits++) {
      bytes.putShort((short) bits);
    }
    float[] floats = Weight.of(Dtype.F16, bytes.flip(), 1 << 16).floats();
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double size =
          exponent == 0
              ? Math.scalb(fraction / 1024.0, -14)
              : Math.scalb(1 + fraction / 1024.0, exponent - 15);
      if (exponent == 31) {
        size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      // Compared as bits, so that minus zero counts.
      assertThat(Float.floatToIntBits(floats[bits]))
          .as("half %04x", bits)
          .isEqualTo(Float.floatToIntBits((float) (bits >= 1 << 15 ? -size : size)));
    }
  }

  @Property
  void bfloat16IsTheUpperHalfOfAFloat(@ForAll float value) {
    int bits = Float.floatToIntBits(value) & 0xffff0000;
    ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    Weight weight = Weight.of(Dtype.BF16, bytes.putShort((short) (bits >> 16)).flip(), 1);
    assertThat(weight.floats()[0]).isEqualTo(Float.intBitsToFloat(bits));
  }

  @Property
  void floatsAndLongsComeBack(@ForAll float[] floats, @ForAll long[] longs) {
    assertThat(Weight.of(floats, floats.length).floats()).isEqualTo(floats);
    assertThat(Weight.of(longs, longs.length).longs()).isEqualTo(longs);
  }

  @Test
  void whoWritesToTheirArrayLaterChangesNothing() {
    float[] values = {1, 2};
    long[] shape = {2};
    Weight weight = Weight.of(values, shape);
    values[0] = 9;
    shape[0] = 9;
    weight.shape()[0] = 9;
    assertThat(weight.floats()).containsExactly(1, 2);
    assertThat(weight.shape()).containsExactly(2);
    assertThat(weight.bytes().isReadOnly()).isTrue();
  }

  @Test
  void theShapeMustFit() {
    assertThatThrownBy(() -> Weight.of(new float[3], 2, 2))
        .hasMessage("12 bytes given, but F32 of shape 2x2 needs 16");
    assertThatThrownBy(() -> Weight.of(new float[0], -1))
        .hasMessage("a shape of -1 has a negative extent or is too large");
    assertThat(Weight.of(new float[1]).size()).isEqualTo(1);
    assertThat(Weight.of(new float[1]).rank()).isZero();
  }

  @Test
  void wholeNumbersAndFractionsAreNotMixedUp() {
    assertThatThrownBy(() -> Weight.of(new long[2], 2).floats())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("I64 2 holds whole numbers, not floats");
    assertThatThrownBy(() -> Weight.of(new float[2], 1, 2).longs())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("F32 1x2 holds fractions, not whole numbers");
  }

  @Test
  void sameBytesUnderAnotherShapeOrTypeAreNotEqual() {
    Weight weight = Weight.of(new float[] {0, 0}, 2);
    assertThat(weight).isEqualTo(Weight.of(new float[] {0, 0}, 2));
    assertThat(weight).hasSameHashCodeAs(Weight.of(new float[] {0, 0}, 2));
    assertThat(weight).isNotEqualTo(Weight.of(new float[] {0, 0}, 2, 1));
    assertThat(weight).isNotEqualTo(Weight.of(new float[] {0, 1}, 2));
    assertThat(weight).isNotEqualTo(Weight.of(new long[] {0}, 1));
  }
}
