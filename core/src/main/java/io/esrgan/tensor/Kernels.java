package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Makes {@link Kernel}s: oneDNN's operations on feature maps in blocks of channels, on the CPU.
 *
 * <p>libtorch has oneDNN inside as well, but only behind functions that allocate their results,
 * copy what does not lie as they like, and know no window of rows.
 */
public final class Kernels {

  private static final class Cpu {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
    static final stream STREAM = new stream(ENGINE);
  }

  private Kernels() {}

  static engine engine() {
    return Cpu.ENGINE;
  }

  static stream stream() {
    return Cpu.STREAM;
  }

  /**
   * How many channels lie side by side in the layout that this processor's convolutions are written
   * for; empty if there are none for it.
   */
  public static OptionalInt block(Precision precision) {
    return Native.call(
        "block",
        () ->
            implementation(memory.format_tag.nhwc, precision).contains("amx")
                ? OptionalInt.of(Layouts.TILE)
                : IntStream.of(16, 8).filter(block -> isFast(block, precision)).findFirst());
  }

  private static boolean isFast(int block, Precision precision) {
    String name = implementation(Layouts.tag(block), precision);
    return !name.isEmpty() && !name.startsWith("ref");
  }

  /** What computes a 3x3 convolution in a layout; empty if nothing does. */
  private static String implementation(memory.format_tag layout, Precision precision) {
    int channels = 64;
    memory.desc maps =
        new memory.desc(new long[] {1, channels, 16, 16}, Layouts.type(precision), layout, false);
    try (convolution_forward.primitive_desc found =
        convolution(maps, maps, channels, channels, 3, new Edges(1, 1, 1, 1), precision, none())) {
      return found.impl_info_str().getString();
    } catch (RuntimeException e) {
      return ""; // it does not know this precision, or this layout
    }
  }

  /** Rows and columns of zeros that a convolution sees around its input. */
  private record Edges(int top, int left, int bottom, int right) {}

  /**
   * What a convolution needs beside its operands.
   *
   * @param memory if it {@link #gathers}, memory for as many numbers as it reads and writes
   * @param offset of that memory, a multiple of 64 bytes
   * @param scratchpad for all that run one after the other
   */
  public record Spare(NativeMemory memory, long offset, Scratchpad scratchpad) {}

  /** Whether {@link #convolve} needs memory to gather what it reads. */
  public static boolean gathers(int block) {
    return block == Layouts.TILE;
  }

  /**
   * A convolution that reads all of {@code source} and no row beyond it; left and right of it there
   * are zeros, so that the width stays. The kernel must be odd.
   *
   * @param source height of the kernel minus one more rows than the target
   * @param slope of a leaky rectifier behind it, if there is one
   * @param onto whether to add to what is in the target
   * @param spare what it needs besides
   */
  public static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      OptionalDouble slope,
      boolean onto,
      Spare spare) {
    int half = weights.kernel() / 2;
    Edges edges = new Edges(0, half, 0, half);
    return convolve(source, weights, target, edges, slope, onto, spare);
  }

  /**
   * A convolution by two rows and two columns: a pixel sees itself and its left neighbour, or its
   * right one.
   *
   * @param spare as for {@link #convolve}
   */
  public static Kernel convolvePair(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      OptionalDouble slope,
      boolean toTheLeft,
      Spare spare) {
    Edges edges = toTheLeft ? new Edges(0, 1, 0, 0) : new Edges(0, 0, 0, 1);
    return convolve(source, weights, target, edges, slope, false, spare);
  }

  private static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Edges edges,
      OptionalDouble slope,
      boolean onto,
      Spare spare) {
    if (!source.isDense()
        || !target.isDense()
        || source.channels() != weights.inputs()
        || target.channels() != weights.outputs()
        || source.rows() != target.rows() + weights.kernel() - 1
        || source.width() != target.width()) {
      throw new IllegalArgumentException(
          "%s, convolved by %d rows, does not give %s".formatted(source, weights.kernel(), target));
    }
    if (!gathers(source.block())) {
      return convolve(source, weights, target, edges, slope, onto, spare.scratchpad());
    }
    List<Kernel> parts = new ArrayList<>();
    FeatureBlocks seen = source.sideBySide(spare.memory(), spare.offset());
    if (source.blocks() > 1) {
      parts.add(relay(source, seen));
    } else {
      seen = source;
    }
    if (target.blocks() > 1) {
      FeatureBlocks made =
          target.sideBySide(spare.memory(), spare.offset() + (seen.bytes() + 63) / 64 * 64);
      if (onto) {
        parts.add(relay(target, made));
      }
      parts.add(convolve(seen, weights, made, edges, slope, onto, spare.scratchpad()));
      parts.add(relay(made, target));
    } else {
      parts.add(convolve(seen, weights, target, edges, slope, onto, spare.scratchpad()));
    }
    return Kernel.of("convolve", parts);
  }

  private static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Edges edges,
      OptionalDouble slope,
      boolean onto,
      Scratchpad scratchpad) {
    return Native.call(
        "convolve",
        () -> {
          try (primitive_attr attributes = attributes(slope, onto);
              convolution_forward.primitive_desc chosen =
                  convolution(
                      Layouts.dense(source),
                      Layouts.dense(target),
                      weights.outputs(),
                      weights.inputs(),
                      weights.kernel(),
                      edges,
                      weights.precision(),
                      attributes)) {
            NativeMemory packed = weights.packed(chosen.weights_desc());
            Binding binding = new Binding();
            binding.add(DNNL_ARG_SRC, chosen.src_desc(), source);
            binding.add(DNNL_ARG_DST, chosen.dst_desc(), target);
            binding.add(DNNL_ARG_WEIGHTS, chosen.weights_desc(), packed, 0);
            binding.add(DNNL_ARG_BIAS, chosen.bias_desc(), weights.bias(), 0);
            binding.add(DNNL_ARG_SCRATCHPAD, scratchpad.operand(chosen.scratchpad_desc()));
            return binding.to("convolve", new convolution_forward(chosen));
          }
        });
  }

  /** The same feature maps in blocks of another size. */
  private static Kernel relay(FeatureBlocks source, FeatureBlocks target) {
    return reorder(source, Layouts.dense(source), target, Layouts.dense(target));
  }

  private static primitive_attr none() {
    return new primitive_attr();
  }

  private static primitive_attr attributes(OptionalDouble slope, boolean onto) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user); // or each has its own, all the time
    try (post_ops after = new post_ops()) {
      if (onto) {
        after.append_sum(1, 0, memory.data_type.undef);
      }
      if (slope.isPresent()) {
        after.append_eltwise(algorithm.eltwise_relu, (float) slope.getAsDouble(), 0);
      }
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  private static convolution_forward.primitive_desc convolution(
      memory.desc source,
      memory.desc target,
      int outputs,
      int inputs,
      int kernel,
      Edges edges,
      Precision precision,
      primitive_attr attributes) {
    memory.desc weights =
        new memory.desc(
            new long[] {outputs, inputs, kernel, kernel},
            Layouts.type(precision),
            memory.format_tag.any,
            false);
    memory.desc bias =
        new memory.desc(new long[] {outputs}, memory.data_type.f32, memory.format_tag.x, false);
    return new convolution_forward.primitive_desc(
        engine(),
        prop_kind.forward_inference,
        algorithm.convolution_direct,
        source,
        weights,
        bias,
        target,
        new long[] {1, 1},
        new long[] {edges.top, edges.left},
        new long[] {edges.bottom, edges.right},
        attributes,
        false);
  }

  /** A copy, converted where the precisions differ. */
  public static Kernel copy(FeatureBlocks source, FeatureBlocks target) {
    if (source.channels() != target.channels()
        || source.rows() != target.rows()
        || source.width() != target.width()) {
      throw new IllegalArgumentException("%s is not copied to %s".formatted(source, target));
    }
    return reorder(source, Layouts.lines(source), target, Layouts.lines(target));
  }

  /**
   * A copy to every second row and column of the target, from its first row and its column {@code
   * left}.
   */
  public static Kernel interleave(FeatureBlocks source, FeatureBlocks target, int top, int left) {
    if (source.channels() != target.channels()
        || 2 * source.rows() != target.rows()
        || 2 * source.width() != target.width()) {
      throw new IllegalArgumentException("%s is not a quarter of %s".formatted(source, target));
    }
    FeatureBlocks from = target.rows(top, target.rows() - top);
    long skipped = (long) left * target.block() * target.precision().bytes();
    memory.desc places =
        new memory.desc(
            new long[] {target.blocks(), source.rows(), source.width(), target.block()},
            Layouts.type(target.precision()),
            new long[] {
              (long) target.pitch() * target.width() * target.block(),
              2L * target.width() * target.block(),
              2L * target.block(),
              1
            },
            false);
    return Native.call(
        "interleave",
        () -> {
          Binding binding = new Binding();
          memory.desc origin = Layouts.lines(source);
          binding.add(DNNL_ARG_FROM, origin, source);
          binding.add(
              DNNL_ARG_TO,
              places,
              target.memory().at(from.offset() + skipped, from.bytes() - skipped));
          return reorder(binding, origin, places);
        });
  }

  private static Kernel reorder(
      FeatureBlocks source, memory.desc origin, FeatureBlocks target, memory.desc places) {
    return Native.call(
        "copy",
        () -> {
          Binding binding = new Binding();
          binding.add(DNNL_ARG_FROM, origin, source);
          binding.add(DNNL_ARG_TO, places, target);
          return reorder(binding, origin, places);
        });
  }

  private static Kernel reorder(Binding binding, memory.desc origin, memory.desc places) {
    try (reorder.primitive_desc chosen =
        new reorder.primitive_desc(engine(), origin, engine(), places)) {
      return binding.to("copy", new reorder(chosen));
    }
  }

  /** A copy from (channels, rows, width) float32; channels that are not there become zero. */
  public static Kernel toBlocks(
      NativeMemory source, long offset, int channels, FeatureBlocks target) {
    return Native.call(
        "toBlocks",
        () -> {
          memory.desc origin = Layouts.planes(channels, target);
          memory.desc places = Layouts.blocked(channels, target);
          Binding binding = new Binding();
          binding.add(DNNL_ARG_FROM, origin, source, offset);
          binding.add(DNNL_ARG_TO, places, target);
          return reorder(binding, origin, places);
        });
  }

  /** A copy of the first channels to (channels, rows, width) float32. */
  public static Kernel fromBlocks(
      FeatureBlocks source, NativeMemory target, long offset, int channels) {
    return Native.call(
        "fromBlocks",
        () -> {
          memory.desc origin = Layouts.blocked(channels, source);
          memory.desc places = Layouts.planes(channels, source);
          Binding binding = new Binding();
          binding.add(DNNL_ARG_FROM, origin, source);
          binding.add(DNNL_ARG_TO, places, target, offset);
          return reorder(binding, origin, places);
        });
  }

  /** {@code target += scale * other}. */
  public static Kernel add(FeatureBlocks target, FeatureBlocks other, double scale) {
    if (!target.isDense()
        || !other.isDense()
        || target.channels() != other.channels()
        || target.rows() != other.rows()
        || target.width() != other.width()) {
      throw new IllegalArgumentException("%s is not added to %s".formatted(other, target));
    }
    return Native.call(
        "add",
        () -> {
          memory.desc first = Layouts.lines(target);
          memory.desc second = Layouts.lines(other);
          try (primitive_attr attributes = new primitive_attr()) {
            attributes.set_scales_mask(DNNL_ARG_SRC_1, 0);
            try (binary.primitive_desc chosen =
                new binary.primitive_desc(
                    engine(), algorithm.binary_add, first, second, first, attributes, false)) {
              Binding binding = new Binding();
              binding.add(DNNL_ARG_SRC_0, first, target);
              binding.add(DNNL_ARG_SRC_1, second, other);
              binding.add(DNNL_ARG_DST, first, target);
              binding.add(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC_1, (float) scale);
              return binding.to("add", new binary(chosen));
            }
          }
        });
  }

  /** Operands and where they lie. */
  private static final class Binding {
    private final IntMemoryMap operands = new IntMemoryMap();
    private final List<Pointer> kept = new ArrayList<>();

    void add(int role, memory.desc shape, FeatureBlocks maps) {
      add(role, shape, maps.memory().at(maps.offset(), maps.bytes()));
    }

    void add(int role, memory.desc shape, NativeMemory memory, long offset) {
      add(role, shape, memory.at(offset, shape.get_size()));
    }

    void add(int role, memory.desc shape, Pointer start) {
      add(role, new memory(shape, engine(), start));
    }

    void add(int role, memory operand) {
      operands.put(role, operand);
      kept.add(operand);
    }

    void add(int role, float number) {
      FloatPointer start = new FloatPointer(number);
      memory.desc shape =
          new memory.desc(new long[] {1}, memory.data_type.f32, memory.format_tag.x, false);
      add(role, shape, start);
      kept.add(start);
    }

    Kernel to(String name, primitive operation) {
      return new Kernel(name, operation, operands, kept);
    }
  }
}
