package io.esrgan.tensor;

import java.util.ArrayList;
import java.util.List;
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
  private final int kernelRows;
  private final int kernelColumns;
  private final float[] plain; // (outputs, inputs, kernelRows, kernelColumns)
  private final NativeMemory bias; // (outputs) float32
  private final List<Packed> packed = new ArrayList<>();

  private record Packed(Part part, memory.desc layout, NativeMemory numbers) {}

  /**
   * Takes a convolution's numbers.
   *
   * @param weight (outputs, inputs, kernelRows, kernelColumns)
   * @param bias (outputs)
   */
  public ConvolutionWeights(
      float[] weight, float[] bias, int outputs, int inputs, int kernelRows, int kernelColumns) {
    long expected = (long) outputs * inputs * kernelRows * kernelColumns;
    if (weight.length != expected || bias.length != outputs) {
      throw new IllegalArgumentException(
          "%d weights and %d biases for (%d, %d, %d, %d)"
              .formatted(weight.length, bias.length, outputs, inputs, kernelRows, kernelColumns));
    }
    this.outputs = outputs;
    this.inputs = inputs;
    this.kernelRows = kernelRows;
    this.kernelColumns = kernelColumns;
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

  int kernelRows() {
    return kernelRows;
  }

  int kernelColumns() {
    return kernelColumns;
  }

  NativeMemory bias() {
    return bias;
  }

  /**
   * What a kernel uses of them.
   *
   * @param firstOutput the first channel that it computes
   * @param outputs how many it computes
   * @param depth blocks that the inputs are in, where the kernel takes them for a volume
   * @param deepestFirst whether it counts them from the last
   */
  record Part(int firstOutput, int outputs, int depth, boolean deepestFirst) {}

  /** Weights in the layout that a kernel asks for; nearly always the same for all kernels. */
  NativeMemory packed(memory.desc wanted, Part part) {
    for (Packed each : packed) {
      if (each.part.equals(part) && each.layout.equals(wanted)) {
        return each.numbers;
      }
    }
    Packed made =
        new Packed(part, new memory.desc(wanted), NativeMemory.allocate(wanted.get_size()));
    boolean isVolume = wanted.get_ndims() == 5;
    try (NativeMemory source = floats(isVolume ? volume(part) : plain);
        memory.desc from = isVolume ? volumeLayout(part) : plainLayout();
        memory origin = new memory(from, Kernels.engine(), source.at(0, source.size()));
        memory target =
            new memory(made.layout, Kernels.engine(), made.numbers.at(0, made.numbers.size()));
        reorder copy = new reorder(origin, target)) {
      copy.execute(Kernels.stream(), origin, target);
    }
    packed.add(made);
    return made.numbers;
  }

  /** (outputs, depth, inputs / depth, kernelRows, kernelColumns). */
  private float[] volume(Part part) {
    int block = inputs / part.depth * kernelRows * kernelColumns;
    float[] numbers = new float[part.outputs * part.depth * block];
    for (int o = 0; o < part.outputs; o++) {
      for (int d = 0; d < part.depth; d++) {
        int from = (part.firstOutput + o) * part.depth + d;
        int to = o * part.depth + (part.deepestFirst ? part.depth - 1 - d : d);
        System.arraycopy(plain, from * block, numbers, to * block, block);
      }
    }
    return numbers;
  }

  private memory.desc volumeLayout(Part part) {
    long taps = (long) kernelRows * kernelColumns;
    long block = inputs / part.depth;
    return new memory.desc(
        new long[] {part.outputs, block, part.depth, kernelRows, kernelColumns},
        memory.data_type.f32,
        new long[] {inputs * taps, taps, block * taps, kernelColumns, 1},
        false);
  }

  private memory.desc plainLayout() {
    return new memory.desc(
        new long[] {outputs, inputs, kernelRows, kernelColumns},
        memory.data_type.f32,
        memory.format_tag.oihw,
        false);
  }

  /** Frees the numbers. Closing twice does nothing. */
  @Override
  public void close() {
    bias.close();
    packed.forEach(each -> each.numbers.close());
    packed.clear();
  }
}
