package io.esrgan.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The numbers of a convolution, laid out once as its kernels read them.
 *
 * <p>Holds native memory until closed; must not be closed before the kernels that read it.
 */
public final class ConvolutionWeights implements AutoCloseable {
  private final int outputs;
  private final int inputs;
  private final int kernel;
  private final Precision precision;
  private final float[] plain; // (outputs, inputs, kernel, kernel)
  private final NativeMemory bias; // (outputs) float32
  private final List<Packed> packed = new ArrayList<>();

  private record Packed(memory.desc layout, NativeMemory numbers) {}

  /**
   * Takes a convolution's numbers.
   *
   * @param weight (outputs, inputs, kernel, kernel)
   * @param bias (outputs)
   * @param precision what they are to be multiplied in
   */
  public ConvolutionWeights(
      float[] weight, float[] bias, int outputs, int inputs, int kernel, Precision precision) {
    long expected = (long) outputs * inputs * kernel * kernel;
    if (weight.length != expected || bias.length != outputs) {
      throw new IllegalArgumentException(
          "%d weights and %d biases for (%d, %d, %d, %d)"
              .formatted(weight.length, bias.length, outputs, inputs, kernel, kernel));
    }
    this.outputs = outputs;
    this.inputs = inputs;
    this.kernel = kernel;
    this.precision = Objects.requireNonNull(precision, "precision");
    this.plain = weight.clone();
    this.bias = floats(bias);
  }

  private static NativeMemory floats(float[] values) {
    NativeMemory memory = NativeMemory.allocate((long) values.length * Float.BYTES);
    new FloatPointer(memory.at(0, memory.size())).put(values, 0, values.length);
    return memory;
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  int kernel() {
    return kernel;
  }

  Precision precision() {
    return precision;
  }

  NativeMemory bias() {
    return bias;
  }

  /** The weights in the layout that a kernel asks for; nearly always the same for all kernels. */
  NativeMemory packed(memory.desc wanted) {
    for (Packed each : packed) {
      if (each.layout.equals(wanted)) {
        return each.numbers;
      }
    }
    memory.desc from =
        new memory.desc(
            new long[] {outputs, inputs, kernel, kernel},
            memory.data_type.f32,
            memory.format_tag.oihw,
            false);
    Packed made = new Packed(new memory.desc(wanted), NativeMemory.allocate(wanted.get_size()));
    try (NativeMemory source = floats(plain);
        memory origin = new memory(from, Kernels.engine(), source.at(0, source.size()));
        memory target =
            new memory(made.layout, Kernels.engine(), made.numbers.at(0, made.numbers.size()));
        reorder copy = new reorder(origin, target)) {
      copy.execute(Kernels.stream(), origin, target);
    }
    packed.add(made);
    return made.numbers;
  }

  /** Frees the numbers. Closing twice does nothing. */
  @Override
  public void close() {
    bias.close();
    packed.forEach(each -> each.numbers.close());
    packed.clear();
  }
}
