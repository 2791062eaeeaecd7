package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

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
                : IntStream.of(16, 8)
                    .filter(block -> isFast(implementation(block, precision)))
                    .findFirst());
  }

  private static boolean isFast(String name) {
    return !name.isEmpty() && !name.startsWith("ref");
  }

  /** What computes a 3x3 convolution of two blocks to one; empty if nothing does. */
  private static String implementation(int block, Precision precision) {
    int edge = areForTiles(block) ? 0 : 1;
    Shape source = new Shape(block, 2 * block, 18, 18 - 2 * edge, precision);
    Shape target = new Shape(block, block, 16, 16, precision);
    return implementation(new Form(source, target, 3, 3, new Edges(edge, edge), Fused.NOTHING));
  }

  private static String implementation(Form form) {
    try (primitive_attr attributes = form.fused.attributes(form.target);
        convolution_forward.primitive_desc found = form.describe(attributes)) {
      return found.impl_info_str().getString();
    } catch (RuntimeException e) {
      return ""; // it does not know this precision, or this layout
    }
  }

  /** Whether feature maps in such blocks are for units that multiply whole tiles. */
  public static boolean areForTiles(int block) {
    return block % Layouts.TILE == 0;
  }

  /**
   * Whether pairs of rows are well computed from their sums and differences: whether there are fast
   * kernels that add feature maps, and convolutions by one row that add to their result.
   */
  public static boolean arePairsFast(int block, Precision precision) {
    if (areForTiles(block)) {
      return false; // they multiply so fast that what is read and written counts
    }
    Shape source = new Shape(block, 2 * block, 16, 16, precision);
    Shape target = new Shape(block, block, 16, 16, precision);
    Fused fused =
        new Fused(
            true,
            List.of(
                new Fused.Added(Precision.FLOAT32, false),
                new Fused.Added(Precision.FLOAT32, true)),
            OptionalDouble.of(0.2));
    return Native.call(
        "arePairsFast",
        () -> {
          Layouts.Lines lines =
              new Layouts.Lines(
                  1, 16, 16, block, 16L * 16 * block, 16L * block, block, Layouts.type(precision));
          try (binary.primitive_desc sum =
              new Kernels.SumForm(lines, algorithm.binary_sub, false).describe()) {
            return isFast(sum.impl_info_str().getString())
                && isFast(implementation(new Form(source, target, 1, 3, new Edges(1, 1), fused)));
          } catch (RuntimeException e) {
            return false; // it adds no such numbers
          }
        });
  }

  /** Columns of zeros that a convolution sees beside its input. */
  private record Edges(int left, int right) {}

  /** What oneDNN wants to know of feature maps without gaps. */
  private record Shape(int block, int channels, int rows, int width, Precision precision)
      implements Layouts.Layout {
    static Shape of(FeatureBlocks maps) {
      return new Shape(maps.block(), maps.channels(), maps.rows(), maps.width(), maps.precision());
    }

    @Override
    public memory.desc layout() {
      return areForTiles(block)
          ? Layouts.volume(block, channels / block, rows, width, precision)
          : new Layouts.Blocked(block, channels, rows, width, precision).layout();
    }

    Shape in(Precision other) {
      return new Shape(block, channels, rows, width, other);
    }

    /** Numbers for as many dimensions as the layout has. */
    long[] dimensions(long depth, long vertical, long horizontal) {
      return areForTiles(block)
          ? new long[] {depth, vertical, horizontal}
          : new long[] {vertical, horizontal};
    }
  }

  /** What of an {@link Epilogue} an operation depends on. */
  private record Fused(boolean onto, List<Added> added, OptionalDouble slope) {
    private record Added(Precision precision, boolean negative) {}

    static final Fused NOTHING = new Fused(false, List.of(), OptionalDouble.empty());

    static Fused of(Epilogue epilogue) {
      return new Fused(
          epilogue.onto(),
          epilogue.addends().stream()
              .map(addend -> new Added(addend.maps().precision(), addend.negative()))
              .toList(),
          epilogue.slope());
    }

    primitive_attr attributes(Shape target) {
      primitive_attr attributes = new primitive_attr();
      attributes.set_scratchpad_mode(scratchpad_mode.user); // or each has its own, all the time
      try (post_ops after = new post_ops()) {
        if (onto) {
          after.append_sum(1, 0, memory.data_type.undef);
        }
        for (Added each : added) {
          after.append_binary(
              each.negative ? algorithm.binary_sub : algorithm.binary_add,
              target.in(each.precision).layout());
        }
        if (slope.isPresent()) {
          after.append_eltwise(algorithm.eltwise_relu, (float) slope.getAsDouble(), 0);
        }
        attributes.set_post_ops(after);
      }
      return attributes;
    }

    /** The role of an addend's memory. */
    int role(int addend) {
      return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (addend + (onto ? 2 : 1)) | DNNL_ARG_SRC_1;
    }
  }

  /** A convolution but for where its operands lie. */
  private record Form(
      Shape source, Shape target, int kernelRows, int kernelColumns, Edges edges, Fused fused)
      implements Workbench.Form {

    convolution_forward.primitive_desc describe(primitive_attr attributes) {
      return new convolution_forward.primitive_desc(
          Kernels.engine(),
          prop_kind.forward_inference,
          algorithm.convolution_direct,
          source.layout(),
          anyWeights(source, target.channels, kernelRows, kernelColumns),
          bias(target.channels),
          target.layout(),
          source.dimensions(1, 1, 1),
          source.dimensions(0, 0, edges.left),
          source.dimensions(0, 0, edges.right),
          attributes,
          false);
    }

    @Override
    public Workbench.Operation make() {
      try (primitive_attr attributes = fused.attributes(target)) {
        convolution_forward.primitive_desc chosen = describe(attributes);
        return Workbench.Operation.withWeights(chosen, new convolution_forward(chosen));
      }
    }
  }

  /** As {@link Form}, of feature maps whose pixels were doubled. */
  private record DoublingForm(Shape source, Shape target, Fused fused) implements Workbench.Form {
    @Override
    public Workbench.Operation make() {
      // What the rows above and below add to rows outside the target is cut off.
      long[] cut = source.dimensions(source.channels / source.block - 1, 3, 1);
      try (primitive_attr attributes = fused.attributes(target)) {
        deconvolution_forward.primitive_desc chosen =
            new deconvolution_forward.primitive_desc(
                Kernels.engine(),
                prop_kind.forward_inference,
                algorithm.deconvolution_direct,
                source.layout(),
                anyWeights(source, target.channels, 4, 4),
                bias(target.channels),
                target.layout(),
                source.dimensions(1, 2, 2),
                cut,
                cut,
                attributes,
                false);
        return Workbench.Operation.withWeights(chosen, new deconvolution_forward(chosen));
      }
    }
  }

  /**
   * A convolution that reads all of {@code source} and no row beyond it. Left and right of it there
   * are zeros, so that the width stays, unless the source is as much wider as the kernel needs. The
   * kernel's columns must be odd.
   *
   * @param source the kernel's rows minus one more rows than the target
   * @param workbench of all that run one after the other
   */
  public static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Epilogue epilogue,
      Workbench workbench) {
    int half = weights.kernelColumns() / 2;
    Edges edges = source.width() == target.width() ? new Edges(half, half) : new Edges(0, 0);
    return convolve(source, weights, target, edges, epilogue, workbench);
  }

  /**
   * A convolution by two rows and two columns: a pixel sees itself and its left neighbour, or its
   * right one.
   *
   * @param source one row more than the target
   * @param workbench of all that run one after the other
   */
  public static Kernel convolvePair(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Epilogue epilogue,
      boolean toTheLeft,
      Workbench workbench) {
    Edges edges = toTheLeft ? new Edges(1, 0) : new Edges(0, 1);
    return convolve(source, weights, target, edges, epilogue, workbench);
  }

  private static Kernel convolve(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Edges edges,
      Epilogue epilogue,
      Workbench workbench) {
    requireFit(
        source,
        weights,
        target,
        source.rows() == target.rows() + weights.kernelRows() - 1
            && source.width() + edges.left + edges.right
                == target.width() + weights.kernelColumns() - 1);
    Fused fused = Fused.of(epilogue);
    return make(
        source,
        weights,
        target,
        epilogue,
        false,
        part ->
            new Form(
                Shape.of(source),
                Shape.of(part),
                weights.kernelRows(),
                weights.kernelColumns(),
                edges,
                fused),
        workbench);
  }

  /**
   * A convolution by three rows and three columns of feature maps whose pixels were doubled, on
   * units for tiles: from the small feature maps, as what their pixels add to the 4x4 around them.
   * Left and right of the source there are zeros.
   *
   * @param source half as many rows as the target, and one more above and below
   * @param weights by four rows and four columns
   * @param workbench of all that run one after the other
   */
  public static Kernel convolveDoubled(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Epilogue epilogue,
      Workbench workbench) {
    requireFit(
        source,
        weights,
        target,
        2 * (source.rows() - 2) == target.rows()
            && 2 * source.width() == target.width()
            && areForTiles(source.block()));
    Fused fused = Fused.of(epilogue);
    return make(
        source,
        weights,
        target,
        epilogue,
        true,
        part -> new DoublingForm(Shape.of(source), Shape.of(part), fused),
        workbench);
  }

  private static void requireFit(
      FeatureBlocks source, ConvolutionWeights weights, FeatureBlocks target, boolean sizes) {
    if (!source.isDense()
        || !target.isDense()
        || source.channels() != weights.inputs()
        || target.channels() != weights.outputs()
        || !sizes) {
      throw new IllegalArgumentException(
          "%s, convolved by %d rows and %d columns, does not give %s"
              .formatted(source, weights.kernelRows(), weights.kernelColumns(), target));
    }
  }

  /**
   * For vector units one operation, for tiles one for each block of the result.
   *
   * @param form of what computes some channels of the result
   */
  private static Kernel make(
      FeatureBlocks source,
      ConvolutionWeights weights,
      FeatureBlocks target,
      Epilogue epilogue,
      boolean deepestFirst,
      Function<FeatureBlocks, Workbench.Form> form,
      Workbench workbench) {
    int step = areForTiles(target.block()) ? target.block() : target.channels();
    List<Kernel> parts = new ArrayList<>();
    for (int first = 0; first < target.channels(); first += step) {
      FeatureBlocks part = target.channels(first, step);
      ConvolutionWeights.Part which =
          new ConvolutionWeights.Part(first, step, source.blocks(), deepestFirst);
      parts.add(
          Native.call(
              "convolve",
              () -> bind(source, weights, which, part, epilogue, form.apply(part), workbench)));
    }
    return Kernel.of("convolve", parts);
  }

  private static Kernel bind(
      FeatureBlocks source,
      ConvolutionWeights weights,
      ConvolutionWeights.Part which,
      FeatureBlocks target,
      Epilogue epilogue,
      Workbench.Form form,
      Workbench workbench) {
    Workbench.Operation operation = workbench.operation(form);
    memory.desc wanted = Objects.requireNonNull(operation.weights());
    Binding binding = new Binding(workbench);
    binding.add(DNNL_ARG_SRC, Shape.of(source), source);
    binding.add(DNNL_ARG_DST, Shape.of(target), target);
    binding.add(DNNL_ARG_WEIGHTS, wanted, weights.packed(wanted, which), 0);
    binding.add(
        DNNL_ARG_BIAS,
        bias(which.outputs()),
        weights.bias(),
        (long) which.firstOutput() * Float.BYTES);
    for (int i = 0; i < epilogue.addends().size(); i++) {
      FeatureBlocks added =
          epilogue.addends().get(i).maps().channels(which.firstOutput(), which.outputs());
      binding.add(Fused.of(epilogue).role(i), Shape.of(added), added);
    }
    return binding.to("convolve", operation);
  }

  /** Weights in whatever layout suits. */
  private static memory.desc anyWeights(Shape source, int outputs, int rows, int columns) {
    long[] shape =
        areForTiles(source.block)
            ? new long[] {outputs, source.block, source.channels / source.block, rows, columns}
            : new long[] {outputs, source.channels, rows, columns};
    return new memory.desc(shape, Layouts.type(source.precision), memory.format_tag.any, false);
  }

  private static memory.desc bias(int outputs) {
    return new memory.desc(new long[] {outputs}, memory.data_type.f32, memory.format_tag.x, false);
  }
}
