package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;

/**
 * Makes {@link Kernel}s that convolve feature maps in blocks of channels, with bias, rectifier and
 * residual in one go.
 *
 * <p>Convolutions for vector units are written for such blocks. Those for units that multiply whole
 * tiles (AMX) want all channels of a pixel side by side; to them the blocks are shown as the depth
 * of a volume, which a kernel just as deep reduces to one block of the result. So nothing is ever
 * gathered.
 */
public final class Convolutions {

  private Convolutions() {}

  /**
   * How many channels lie side by side in the layout that this processor's convolutions are written
   * for; empty if there are none for it.
   */
  public static OptionalInt block(Precision precision) {
    return Native.call(
        "block",
        () ->
            implementation(Layouts.TILE, precision).contains("amx")
                ? OptionalInt.of(Layouts.TILE)
                : IntStream.of(16, 8).filter(block -> isFast(block, precision)).findFirst());
  }

  private static boolean isFast(int block, Precision precision) {
    String name = implementation(block, precision);
    return !name.isEmpty() && !name.startsWith("ref");
  }

  /** What computes a 3x3 convolution of two blocks to one; empty if nothing does. */
  private static String implementation(int block, Precision precision) {
    Shape source = new Shape(block, 2 * block, 18, 16, precision);
    Shape target = new Shape(block, block, 16, 16, precision);
    try (primitive_attr nothing = new primitive_attr();
        convolution_forward.primitive_desc found =
            convolution(source, target, 3, new Edges(1, 1), nothing)) {
      return found.impl_info_str().getString();
    } catch (RuntimeException e) {
      return ""; // it does not know this precision, or this layout
    }
  }

  /** Whether feature maps in such blocks are for units that multiply whole tiles. */
  public static boolean areForTiles(int block) {
    return block % Layouts.TILE == 0;
  }

  /** Columns of zeros that a convolution sees beside its input. */
  private record Edges(int left, int right) {}

  /** What oneDNN wants to know of feature maps without gaps. */
  private record Shape(int block, int channels, int rows, int width, Precision precision) {
    static Shape of(FeatureBlocks maps) {
      return new Shape(maps.block(), maps.channels(), maps.rows(), maps.width(), maps.precision());
    }

    memory.desc layout() {
      return areForTiles(block)
          ? Layouts.volume(block, channels / block, rows, width, precision)
          : Layouts.blocked(block, channels, rows, width, precision);
    }

    /** Numbers for as many dimensions as the layout has. */
    long[] dimensions(long depth, long vertical, long horizontal) {
      return areForTiles(block)
          ? new long[] {depth, vertical, horizontal}
          : new long[] {vertical, horizontal};
    }
  }

  /**
   * A convolution that reads all of {@code source} and no row beyond it; left and right of it there
   * are zeros, so that the width stays. The kernel must be odd.
   *
   * @param source height of the kernel minus one more rows than the target
   * @param slope of a leaky rectifier behind it, if there is one
   * @param onto whether to add to what is in the target
   * @param scratchpad for all that run one after the other
   */
  public static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      OptionalDouble slope,
      boolean onto,
      Scratchpad scratchpad) {
    int half = weights.kernel() / 2;
    return convolve(source, weights, target, new Edges(half, half), slope, onto, scratchpad);
  }

  /**
   * A convolution by two rows and two columns: a pixel sees itself and its left neighbour, or its
   * right one.
   *
   * @param source one row more than the target
   * @param slope of a leaky rectifier behind it, if there is one
   * @param scratchpad for all that run one after the other
   */
  public static Kernel convolvePair(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      OptionalDouble slope,
      boolean toTheLeft,
      Scratchpad scratchpad) {
    Edges edges = toTheLeft ? new Edges(1, 0) : new Edges(0, 1);
    return convolve(source, weights, target, edges, slope, false, scratchpad);
  }

  private static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Edges edges,
      OptionalDouble slope,
      boolean onto,
      Scratchpad scratchpad) {
    requireFit(
        source,
        weights,
        target,
        source.rows() == target.rows() + weights.kernel() - 1 && source.width() == target.width());
    return make(
        source,
        weights,
        target,
        false,
        part -> {
          try (primitive_attr attributes = attributes(slope, onto)) {
            convolution_forward.primitive_desc chosen =
                convolution(Shape.of(source), Shape.of(part), weights.kernel(), edges, attributes);
            return new Chosen(chosen, new convolution_forward(chosen));
          }
        },
        scratchpad);
  }

  /**
   * A convolution by three rows and three columns of feature maps whose pixels were doubled, on
   * units for tiles: from the small feature maps, as what their pixels add to the 4x4 around them.
   * Left and right of the source there are zeros.
   *
   * @param source half as many rows as the target, and one more above and below
   * @param weights by four rows and four columns
   * @param slope of a leaky rectifier behind it, if there is one
   * @param scratchpad for all that run one after the other
   */
  public static Kernel convolveDoubled(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      OptionalDouble slope,
      Scratchpad scratchpad) {
    requireFit(
        source,
        weights,
        target,
        2 * (source.rows() - 2) == target.rows()
            && 2 * source.width() == target.width()
            && areForTiles(source.block()));
    return make(
        source,
        weights,
        target,
        true,
        part -> {
          try (primitive_attr attributes = attributes(slope, false)) {
            Shape from = Shape.of(source);
            // What the rows above and below add to rows outside the target is cut off.
            long[] cut = from.dimensions(source.blocks() - 1, 3, 1);
            deconvolution_forward.primitive_desc chosen =
                new deconvolution_forward.primitive_desc(
                    Kernels.engine(),
                    prop_kind.forward_inference,
                    algorithm.deconvolution_direct,
                    from.layout(),
                    anyWeights(from, part.channels(), weights.kernel()),
                    bias(part.channels()),
                    Shape.of(part).layout(),
                    from.dimensions(1, 2, 2),
                    cut,
                    cut,
                    attributes,
                    false);
            return new Chosen(chosen, new deconvolution_forward(chosen));
          }
        },
        scratchpad);
  }

  private static void requireFit(
      FeatureBlocks source, ConvolutionWeights weights, FeatureBlocks target, boolean sizes) {
    if (!source.isDense()
        || !target.isDense()
        || source.channels() != weights.inputs()
        || target.channels() != weights.outputs()
        || !sizes) {
      throw new IllegalArgumentException(
          "%s, convolved by %d rows, does not give %s".formatted(source, weights.kernel(), target));
    }
  }

  /** What oneDNN has for an operation. */
  private record Chosen(primitive_desc description, primitive operation) {}

  @FunctionalInterface
  private interface Choice {
    /** For some channels of the result. */
    Chosen of(FeatureBlocks part);
  }

  /** For vector units one operation, for tiles one for each block of the result. */
  private static Kernel make(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      boolean deepestFirst,
      Choice choice,
      Scratchpad scratchpad) {
    int step = areForTiles(target.block()) ? target.block() : target.channels();
    List<Kernel> parts = new ArrayList<>();
    for (int first = 0; first < target.channels(); first += step) {
      FeatureBlocks part = target.channels(first, step);
      ConvolutionWeights.Part which =
          new ConvolutionWeights.Part(first, step, source.blocks(), deepestFirst);
      parts.add(
          Native.call(
              "convolve", () -> bind(source, weights, which, part, choice.of(part), scratchpad)));
    }
    return Kernel.of("convolve", parts);
  }

  private static Kernel bind(
      FeatureBlocks source,
      ConvolutionWeights weights,
      ConvolutionWeights.Part which,
      FeatureBlocks target,
      Chosen chosen,
      Scratchpad scratchpad) {
    try (primitive_desc description = chosen.description) {
      memory.desc wanted = description.weights_desc();
      Binding binding = new Binding();
      binding.add(DNNL_ARG_SRC, Shape.of(source).layout(), source);
      binding.add(DNNL_ARG_DST, Shape.of(target).layout(), target);
      binding.add(DNNL_ARG_WEIGHTS, wanted, weights.packed(wanted, which), 0);
      binding.add(
          DNNL_ARG_BIAS,
          bias(which.outputs()),
          weights.bias(),
          (long) which.firstOutput() * Float.BYTES);
      binding.add(DNNL_ARG_SCRATCHPAD, scratchpad.operand(description.scratchpad_desc()));
      return binding.to("convolve", chosen.operation);
    }
  }

  private static convolution_forward.primitive_desc convolution(
      Shape source, Shape target, int kernel, Edges edges, primitive_attr attributes) {
    return new convolution_forward.primitive_desc(
        Kernels.engine(),
        prop_kind.forward_inference,
        algorithm.convolution_direct,
        source.layout(),
        anyWeights(source, target.channels, kernel),
        bias(target.channels),
        target.layout(),
        source.dimensions(1, 1, 1),
        source.dimensions(0, 0, edges.left),
        source.dimensions(0, 0, edges.right),
        attributes,
        false);
  }

  /** Weights in whatever layout suits. */
  private static memory.desc anyWeights(Shape source, int outputs, int kernel) {
    long[] shape =
        areForTiles(source.block)
            ? new long[] {outputs, source.block, source.channels / source.block, kernel, kernel}
            : new long[] {outputs, source.channels, kernel, kernel};
    return new memory.desc(shape, Layouts.type(source.precision), memory.format_tag.any, false);
  }

  private static memory.desc bias(int outputs) {
    return new memory.desc(new long[] {outputs}, memory.data_type.f32, memory.format_tag.x, false);
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
}
