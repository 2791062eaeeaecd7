package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import io.esrgan.tensor.Layouts.Blocked;
import io.esrgan.tensor.Layouts.Each;
import io.esrgan.tensor.Layouts.Layout;
import io.esrgan.tensor.Layouts.Lines;
import io.esrgan.tensor.Layouts.Planes;
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
  public static Kernel copy(FeatureBlocks source, FeatureBlocks target, Workbench workbench) {
    requireSameSize(source, target);
    return copy(source, Lines.of(source), target, Lines.of(target), workbench);
  }

  /** A copy of as many columns as the narrower of the two has; they are the middle of the wider. */
  public static Kernel copyMiddle(FeatureBlocks source, FeatureBlocks target, Workbench workbench) {
    FeatureBlocks middle = source.width() < target.width() ? source : target;
    requireMiddle(middle, source);
    requireMiddle(middle, target);
    Lines lines = Lines.of(middle);
    CopyForm form = CopyForm.of(lines.among(source), lines.among(target));
    return Native.call(
        "copyMiddle",
        () -> {
          Binding binding = new Binding(workbench);
          addMiddle(binding, DNNL_ARG_FROM, form.origin, source, middle);
          addMiddle(binding, DNNL_ARG_TO, form.places, target, middle);
          return copy(binding, form, workbench);
        });
  }

  private static void addMiddle(
      Binding binding, int role, Layout layout, FeatureBlocks wide, FeatureBlocks middle) {
    long skipped = (wide.lineBytes() - middle.lineBytes()) / 2;
    binding.add(role, layout, wide.memory(), wide.offset() + skipped, wide.bytes() - skipped);
  }

  private static void requireMiddle(FeatureBlocks middle, FeatureBlocks wide) {
    if (middle.channels() != wide.channels()
        || middle.rows() != wide.rows()
        || middle.block() != wide.block()
        || middle.precision() != wide.precision()
        || middle.width() > wide.width()
        || (wide.width() - middle.width()) % 2 != 0) {
      throw new IllegalArgumentException("%s is not the middle of %s".formatted(middle, wide));
    }
  }

  /**
   * Copies of several feature maps at once, each so many bytes behind the one before.
   *
   * @param source the first to copy
   * @param sourceStep to the next
   * @param target where the first belongs
   * @param targetStep to where the next belongs
   */
  public static Kernel copyEach(
      int count,
      FeatureBlocks source,
      long sourceStep,
      FeatureBlocks target,
      long targetStep,
      Workbench workbench) {
    requireSameSize(source, target);
    CopyForm form =
        new CopyForm(
            new Each(count, sourceStep, Lines.of(source).copiedWith(Lines.of(target))),
            new Each(count, targetStep, Lines.of(target).copiedWith(Lines.of(source))));
    long sourceBytes = (count - 1) * sourceStep + source.bytes();
    long targetBytes = (count - 1) * targetStep + target.bytes();
    return Native.call(
        "copyEach",
        () -> {
          Binding binding = new Binding(workbench);
          binding.add(DNNL_ARG_FROM, form.origin, source.memory(), source.offset(), sourceBytes);
          binding.add(DNNL_ARG_TO, form.places, target.memory(), target.offset(), targetBytes);
          return copy(binding, form, workbench);
        });
  }

  private static void requireSameSize(FeatureBlocks source, FeatureBlocks target) {
    if (source.channels() != target.channels()
        || source.rows() != target.rows()
        || source.width() != target.width()) {
      throw new IllegalArgumentException("%s is not copied to %s".formatted(source, target));
    }
  }

  /**
   * A copy to every second row and column of the target, from its first row and its column {@code
   * left}.
   */
  public static Kernel interleave(
      FeatureBlocks source, FeatureBlocks target, int top, int left, Workbench workbench) {
    if (source.channels() != target.channels()
        || 2 * source.rows() != target.rows()
        || 2 * source.width() != target.width()) {
      throw new IllegalArgumentException("%s is not a quarter of %s".formatted(source, target));
    }
    FeatureBlocks from = target.rows(top, target.rows() - top);
    long skipped = (long) left * target.block() * target.precision().bytes();
    CopyForm form =
        CopyForm.of(Lines.of(source), Lines.of(target).everySecondRow().everySecondColumn());
    return Native.call(
        "interleave",
        () -> {
          Binding binding = new Binding(workbench);
          binding.add(DNNL_ARG_FROM, form.origin, source);
          binding.add(
              DNNL_ARG_TO,
              form.places,
              target.memory(),
              from.offset() + skipped,
              from.bytes() - skipped);
          return copy(binding, form, workbench);
        });
  }

  /** A copy of every second row of the source, from the row {@code first}. */
  public static Kernel separate(
      FeatureBlocks source, int first, FeatureBlocks target, Workbench workbench) {
    requireHalf(target, source);
    Lines origin = Lines.of(source).everySecondRow();
    return copy(
        source.rows(first, source.rows() - first), origin, target, Lines.of(target), workbench);
  }

  /** A copy to every second row of the target, from the row {@code first}. */
  public static Kernel merge(
      FeatureBlocks source, FeatureBlocks target, int first, Workbench workbench) {
    requireHalf(source, target);
    Lines places = Lines.of(target).everySecondRow();
    return copy(
        source, Lines.of(source), target.rows(first, target.rows() - first), places, workbench);
  }

  private static void requireHalf(FeatureBlocks half, FeatureBlocks whole) {
    if (half.channels() != whole.channels()
        || 2 * half.rows() != whole.rows()
        || half.width() != whole.width()) {
      throw new IllegalArgumentException("%s is not half of %s".formatted(half, whole));
    }
  }

  private static Kernel copy(
      FeatureBlocks source, Lines origin, FeatureBlocks target, Lines places, Workbench workbench) {
    CopyForm form = CopyForm.of(origin, places);
    return Native.call(
        "copy",
        () -> {
          Binding binding = new Binding(workbench);
          binding.add(DNNL_ARG_FROM, form.origin, source);
          binding.add(DNNL_ARG_TO, form.places, target);
          return copy(binding, form, workbench);
        });
  }

  private record CopyForm(Layout origin, Layout places) implements Workbench.Form {

    static CopyForm of(Lines origin, Lines places) {
      return new CopyForm(origin.copiedWith(places), places.copiedWith(origin));
    }

    @Override
    public Workbench.Operation make() {
      reorder.primitive_desc chosen =
          new reorder.primitive_desc(engine(), origin.layout(), engine(), places.layout());
      return Workbench.Operation.of(chosen, new reorder(chosen));
    }
  }

  private static Kernel copy(Binding binding, CopyForm form, Workbench workbench) {
    return binding.to("copy", workbench.operation(form));
  }

  /** A copy from (channels, rows, width) float32; channels that are not there become zero. */
  public static Kernel toBlocks(
      NativeMemory source, long offset, int channels, FeatureBlocks target, Workbench workbench) {
    return Native.call(
        "toBlocks",
        () -> {
          Planes origin = new Planes(channels, target.rows(), target.width());
          Blocked places = Blocked.of(channels, target);
          Binding binding = new Binding(workbench);
          binding.add(DNNL_ARG_FROM, origin, source, offset, origin.bytes());
          binding.add(DNNL_ARG_TO, places, target);
          return copy(binding, new CopyForm(origin, places), workbench);
        });
  }

  /** A copy of the first channels to (channels, rows, width) float32. */
  public static Kernel fromBlocks(
      FeatureBlocks source, NativeMemory target, long offset, int channels, Workbench workbench) {
    return Native.call(
        "fromBlocks",
        () -> {
          Blocked origin = Blocked.of(channels, source);
          Planes places = new Planes(channels, source.rows(), source.width());
          Binding binding = new Binding(workbench);
          binding.add(DNNL_ARG_FROM, origin, source);
          binding.add(DNNL_ARG_TO, places, target, offset, places.bytes());
          return copy(binding, new CopyForm(origin, places), workbench);
        });
  }

  /** {@code target += scale * other}. */
  public static Kernel add(
      FeatureBlocks target, FeatureBlocks other, double scale, Workbench workbench) {
    Lines lines = dense(target, other);
    return Native.call(
        "add",
        () -> {
          Binding binding = binding(target, other, target, workbench);
          binding.add(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC_1, (float) scale);
          return binding.to(
              "add", workbench.operation(new SumForm(lines, algorithm.binary_add, true)));
        });
  }

  /** {@code target = first + second}. */
  public static Kernel plus(
      FeatureBlocks first, FeatureBlocks second, FeatureBlocks target, Workbench workbench) {
    return sum(algorithm.binary_add, first, second, target, workbench);
  }

  /** {@code target = first - second}. */
  public static Kernel minus(
      FeatureBlocks first, FeatureBlocks second, FeatureBlocks target, Workbench workbench) {
    return sum(algorithm.binary_sub, first, second, target, workbench);
  }

  private static Kernel sum(
      algorithm sign,
      FeatureBlocks first,
      FeatureBlocks second,
      FeatureBlocks target,
      Workbench workbench) {
    dense(first, second);
    Lines lines = dense(first, target);
    return Native.call(
        "sum",
        () ->
            binding(first, second, target, workbench)
                .to("sum", workbench.operation(new SumForm(lines, sign, false))));
  }

  /** A sum, or a difference; the second operand may be scaled. */
  record SumForm(Lines lines, algorithm sign, boolean scaled) implements Workbench.Form {
    binary.primitive_desc describe() {
      try (primitive_attr attributes = new primitive_attr();
          memory.desc layout = lines.layout()) {
        if (scaled) {
          attributes.set_scales_mask(DNNL_ARG_SRC_1, 0);
        }
        return new binary.primitive_desc(engine(), sign, layout, layout, layout, attributes, false);
      }
    }

    @Override
    public Workbench.Operation make() {
      binary.primitive_desc chosen = describe();
      return Workbench.Operation.of(chosen, new binary(chosen));
    }
  }

  private static Binding binding(
      FeatureBlocks first, FeatureBlocks second, FeatureBlocks target, Workbench workbench) {
    Binding binding = new Binding(workbench);
    binding.add(DNNL_ARG_SRC_0, Lines.of(first), first);
    binding.add(DNNL_ARG_SRC_1, Lines.of(second), second);
    binding.add(DNNL_ARG_DST, Lines.of(target), target);
    return binding;
  }

  /** How both lie, which must be in the same way and without gaps. */
  private static Lines dense(FeatureBlocks one, FeatureBlocks other) {
    if (!one.isDense() || !other.isDense() || !Lines.of(one).equals(Lines.of(other))) {
      throw new IllegalArgumentException("%s does not go with %s".formatted(other, one));
    }
    return Lines.of(one);
  }
}
