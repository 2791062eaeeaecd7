package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * Makes {@link Kernel}s that copy and add feature maps in blocks of channels, by oneDNN on the CPU;
 * see {@link Convolutions} for those that convolve.
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
}
