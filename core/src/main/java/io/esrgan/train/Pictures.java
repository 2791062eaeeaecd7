package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;

/**
 * A batch as the networks take it.
 *
 * @param low (n, c, h, w) in the precision of the feature maps, channels last
 * @param high (n, c, scale h, scale w), likewise
 * @param target the same as {@code high} in float32
 */
record Pictures(Tensor low, Tensor high, Tensor target) {
  static Pictures of(Batch batch, Device device, Precision precision) {
    Tensor low = Tensor.of(batch.low(), batch.lowShape()).to(device);
    Tensor target = Tensor.of(batch.high(), batch.highShape()).to(device).channelsLast();
    return new Pictures(low.to(precision).channelsLast(), target.to(precision), target);
  }
}
