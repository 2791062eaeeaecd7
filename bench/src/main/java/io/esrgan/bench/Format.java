package io.esrgan.bench;

import io.esrgan.tensor.Precision;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How a bare loop holds its feature maps and the weights that it convolves them with. */
enum Format {
  NCHW_FLOAT32("NCHW float32", MemoryFormat.Contiguous, Precision.FLOAT32),
  CHANNELS_LAST_FLOAT32("channels-last float32", MemoryFormat.ChannelsLast, Precision.FLOAT32),
  CHANNELS_LAST_BFLOAT16("channels-last bfloat16", MemoryFormat.ChannelsLast, Precision.BFLOAT16);

  private final String label;
  private final MemoryFormat order;
  private final Precision precision;

  Format(String label, MemoryFormat order, Precision precision) {
    this.label = label;
    this.order = order;
    this.precision = precision;
  }

  String label() {
    return label;
  }

  Precision precision() {
    return precision;
  }

  boolean channelsLast() {
    return order == MemoryFormat.ChannelsLast;
  }

  ScalarType type() {
    return precision == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
  }

  /** A float32 tensor with these elements, the last dimension varying fastest. */
  static Tensor planar(float[] values, long... shape) {
    Tensor made = torch.empty(shape);
    made.data_ptr_float().put(values, 0, values.length);
    return made;
  }

  /** The elements of a float32 tensor, the last dimension varying fastest. */
  static float[] floats(Tensor tensor) {
    try (Tensor planar = tensor.contiguous()) {
      float[] values = new float[Math.toIntExact(planar.numel())];
      planar.data_ptr_float().get(values, 0, values.length);
      return values;
    }
  }

  /** The same elements in this format. */
  Tensor of(Tensor tensor) {
    Tensor converted = tensor.to(type());
    return tensor.dim() == 4 ? converted.contiguous(order) : converted;
  }
}
