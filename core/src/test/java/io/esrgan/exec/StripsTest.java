package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Differences;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A picture in strips has the bits of the picture as a whole. */
class StripsTest {

  @Property(tries = 25)
  void stripsGiveTheWholePicturesBits(
      @ForAll @IntRange(min = 1, max = 4) int quarterFeatures,
      @ForAll @IntRange(min = 1, max = 2) int blocks,
      @ForAll @IntRange(min = 0, max = 2) int scaleExponent,
      @ForAll boolean plus,
      @ForAll @IntRange(min = 1, max = 23) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 12) int strip) {
    int scale = 1 << scaleExponent;
    RrdbNet network =
        Passages.network(4 * quarterFeatures, 4 * quarterFeatures, blocks, scale, plus);
    int multiple = network.sizeMultiple();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height * multiple, width * multiple);

      Tensor whole = assertSameBits(network, parameters, Precision.FLOAT32, low, strip);

      assertThat(whole.size(2)).isEqualTo((long) height * multiple * scale);
      Tensor direct = ((Live) network.forward(new Live(low, parameters::get))).tensor();
      double largest = direct.minus(whole).abs().mean().item() / direct.abs().mean().item();
      assertThat(largest).isLessThan(1e-6);
    }
  }

  @Property(tries = 6)
  void inBfloat16Too(
      @ForAll @IntRange(min = 1, max = 2) int size,
      @ForAll @IntRange(min = 1, max = 2) int scaleExponent,
      @ForAll @IntRange(min = 16, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 4, max = 9) int strip) {
    RrdbNet network = Passages.network(32 * size, 16 * size, 1, 1 << scaleExponent, false);
    int multiple = network.sizeMultiple();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      Tensor low = Passages.noise(height * multiple, width * multiple);
      assertSameBits(network, Passages.parameters(network), Precision.BFLOAT16, low, strip);
    }
  }

  private static Tensor assertSameBits(
      RrdbNet network, FlatParameters parameters, Precision precision, Tensor low, int strip) {
    Runner runner = Passages.runner(network, parameters, precision);
    Tensor whole = Passages.strips(runner, low, (int) low.size(2));
    Tensor strips = Passages.strips(runner, low, strip * network.sizeMultiple());
    assertThat(Differences.largest(strips.toFloats(), whole.toFloats())).isZero();
    return whole;
  }
}
