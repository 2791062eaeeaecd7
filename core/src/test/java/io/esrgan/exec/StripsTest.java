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
      @ForAll boolean rounded,
      @ForAll @IntRange(min = 1, max = 23) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 12) int strip) {
    int scale = 1 << scaleExponent;
    RrdbNet network =
        Passages.network(4 * quarterFeatures, 4 * quarterFeatures, blocks, scale, plus);
    int multiple = network.sizeMultiple();
    Precision precision = rounded ? Precision.BFLOAT16 : Precision.FLOAT32;
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Runner runner = Passages.runner(network, parameters, precision);
      Tensor low = Passages.noise(height * multiple, width * multiple);

      Tensor whole = Passages.strips(runner, low, height * multiple);
      Tensor strips = Passages.strips(runner, low, strip * multiple);

      assertThat(whole.size(2)).isEqualTo((long) height * multiple * scale);
      assertThat(Differences.largest(strips.toFloats(), whole.toFloats())).isZero();
      if (precision == Precision.FLOAT32) {
        Tensor direct = ((Live) network.forward(new Live(low, parameters::get))).tensor();
        double largest = direct.minus(whole).abs().mean().item() / direct.abs().mean().item();
        assertThat(largest).isLessThan(1e-6);
      }
    }
  }
}
