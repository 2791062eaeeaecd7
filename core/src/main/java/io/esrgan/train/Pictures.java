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
 * @param aim {@code high} as it is to become: sharpened where low resolutions are degraded
 * @param target the same as {@code aim} in float32
 */
record Pictures(Tensor low, Tensor high, Tensor aim, Tensor target) {
  static Pictures of(Batch batch, Device device, Precision precision) {
    Tensor low = Tensor.of(batch.low(), batch.lowShape()).to(device);
    Tensor target = high(batch, batch.target(), device);
    Tensor aim = target.to(precision);
    Tensor high =
        batch.target() == batch.high() ? aim : high(batch, batch.high(), device).to(precision);
    return new Pictures(low.to(precision).channelsLast(), high, aim, target);
  }

  private static Tensor high(Batch batch, float[] values, Device device) {
    return Tensor.of(values, batch.highShape()).to(device).channelsLast();
  }
}
