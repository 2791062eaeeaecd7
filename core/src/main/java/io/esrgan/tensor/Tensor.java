package io.esrgan.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * A tensor in native memory, owned by the {@link Scope} it was made in.
 *
 * <p>Shapes and precisions are checked here, before the native call, and a tensor that is used
 * after its scope closed, or by another thread than its scope's, is an {@link
 * IllegalStateException} that names the operation: it never reaches native code. Operations named
 * {@code ...InPlace} change this tensor and return it; all others make a new one.
 *
 * <p>Pictures and feature maps are (n, c, h, w). {@link #channelsLast()} changes the order in
 * memory, never the order of the dimensions.
 */
public final class Tensor implements AutoCloseable {
  private org.bytedeco.pytorch.Tensor handle; // null once closed
  private Scope owner;
  private long[] shape; // read from the handle when first asked for
  private Precision precision;

  private Tensor(org.bytedeco.pytorch.Tensor handle, Scope owner) {
    this.handle = handle;
    this.owner = owner;
  }

  // ---------------------------------------------------------------- making and reading

  /** A float32 tensor on the CPU with these elements, the last dimension varying fastest. */
  public static Tensor of(float[] values, long... shape) {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "of: %d values for the shape %s".formatted(values.length, Arrays.toString(shape)));
    }
    return make(
        "of",
        () -> {
          org.bytedeco.pytorch.Tensor made = torch.empty(shape);
          if (values.length > 0) {
            made.data_ptr_float().put(values, 0, values.length);
          }
          return made;
        });
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Precision precision, Device device, long... shape) {
    elements(shape);
    return make("zeros", () -> torch.zeros(shape, options(precision, device)));
  }

  /** A tensor whose elements all have one value. */
  public static Tensor full(double value, Precision precision, Device device, long... shape) {
    elements(shape);
    return make("full", () -> torch.full(shape, new Scalar(value), options(precision, device)));
  }

  /**
   * Feature maps (n, c, h, w) of any numbers, in memory as {@link #channelsLast()}: to be filled.
   */
  public static Tensor unfilled(Precision precision, Device device, long... shape) {
    if (shape.length != 4) {
      throw new IllegalArgumentException("unfilled: wants 4 dimensions, not " + shape.length);
    }
    elements(shape);
    return make(
        "unfilled",
        () ->
            torch.empty(
                shape,
                options(precision, device),
                new MemoryFormatOptional(MemoryFormat.ChannelsLast)));
  }

  private static TensorOptions options(Precision precision, Device device) {
    return new TensorOptions(precision.scalarType)
        .device(new org.bytedeco.pytorch.DeviceOptional(device.handle()));
  }

  private static long elements(long[] shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "a dimension of the shape " + Arrays.toString(shape) + " is negative");
      }
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /**
   * The elements in the order of the dimensions, the last varying fastest, converted to float32.
   */
  public float[] toFloats() {
    if (count() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "toFloats: " + describe() + " holds more than an array can");
    }
    return call(
        "toFloats",
        () -> {
          org.bytedeco.pytorch.Tensor flat =
              use("toFloats")
                  .detach()
                  .to(Device.CPU.handle(), Precision.FLOAT32.scalarType)
                  .contiguous();
          float[] values = new float[Math.toIntExact(flat.numel())];
          if (values.length > 0) {
            flat.data_ptr_float().get(values, 0, values.length);
          }
          return values;
        });
  }

  /** The value of a tensor with one element. Waits for the device. */
  public double item() {
    if (count() != 1) {
      throw new IllegalArgumentException(
          "item: the tensor has the shape " + describe() + ", not one element");
    }
    return call("item", () -> use("item").item().toDouble());
  }

  /** The size of each dimension. */
  public long[] shape() {
    return sizes().clone();
  }

  /** The size of one dimension. */
  public long size(int dimension) {
    return sizes()[Objects.checkIndex(dimension, sizes().length)];
  }

  /** How many elements there are. */
  public long count() {
    return elements(sizes());
  }

  /** The elements' format. */
  public Precision precision() {
    if (precision == null) {
      precision = call("precision", () -> Precision.of(use("precision").scalar_type()));
    }
    return precision;
  }

  /** Where it lives. */
  public Device device() {
    return call("device", () -> Device.of(use("device").device()));
  }

  /** Whether every element is a finite number. */
  public boolean isFinite() {
    return count() == 0
        || call(
            "isFinite",
            () -> {
              T_TensorTensor_T extremes = torch.aminmax(use("isFinite")); // NaN, if one is
              return Double.isFinite(extremes.get0().item().toDouble())
                  && Double.isFinite(extremes.get1().item().toDouble());
            });
  }

  /** Whether every channel (n, c, h, w) has one value everywhere. */
  public boolean isFlat() {
    requireDimensions("isFlat", 4);
    return count() == 0
        || call(
            "isFlat",
            () -> {
              org.bytedeco.pytorch.Tensor mine = use("isFlat");
              org.bytedeco.pytorch.Tensor first = mine.narrow(2, 0, 1);
              org.bytedeco.pytorch.Tensor corner = first.narrow(3, 0, 1);
              return isAll(first.eq(corner)) && isAll(mine.eq(corner)); // the first is cheap
            });
  }

  private static boolean isAll(org.bytedeco.pytorch.Tensor truths) {
    return truths.all().item().toBool();
  }

  // ---------------------------------------------------------------- layout and format

  /** This tensor in another precision; this very object where it has that already. */
  public Tensor to(Precision other) {
    return other == precision() ? this : make("to", () -> use("to").to(other.scalarType));
  }

  /** A copy on another device, or a view of this where it is there already. */
  public Tensor to(Device device) {
    return make("to", () -> use("to").to(device.handle(), precision().scalarType));
  }

  /**
   * (n, c, h, w) with the channels of a pixel side by side in memory, which convolutions like best.
   */
  public Tensor channelsLast() {
    requireDimensions("channelsLast", 4);
    return make("channelsLast", () -> use("channelsLast").contiguous(MemoryFormat.ChannelsLast));
  }

  /** The same elements in memory of their own, cut off from what they were computed from. */
  public Tensor copy() {
    return make("copy", () -> use("copy").detach().clone());
  }

  /** The same elements under another shape, over the same memory where that is possible. */
  public Tensor reshape(long... other) {
    if (elements(other) != count()) {
      throw new IllegalArgumentException(
          "reshape: %s holds %d elements, %s would hold %d"
              .formatted(describe(), count(), Arrays.toString(other), elements(other)));
    }
    return make("reshape", () -> use("reshape").reshape(other));
  }

  /** A view of {@code length} entries of a dimension, from {@code start}. */
  public Tensor slice(int dimension, long start, long length) {
    long size = size(dimension);
    Objects.checkFromIndexSize(start, length, size);
    return make("slice", () -> use("slice").narrow(dimension, start, length));
  }

  /**
   * A view into a flat tensor as a weight (out, in, kh, kw) that lies in memory as (out, kh, kw,
   * in), the order in which channels-last convolutions read weights.
   */
  public Tensor channelsLastView(long offset, long out, long in, long height, long width) {
    requireDimensions("channelsLastView", 1);
    long[] sizes = {out, in, height, width};
    Objects.checkFromIndexSize(offset, elements(sizes), count());
    long[] strides = {height * width * in, 1, width * in, in};
    return make(
        "channelsLastView",
        () ->
            use("channelsLastView")
                .as_strided(sizes, strides, new LongOptional(offset + storageOffset())));
  }

  private long storageOffset() {
    return use("storageOffset").storage_offset();
  }

  // ---------------------------------------------------------------- arithmetic

  public Tensor plus(Tensor other) {
    return plus(other, 1);
  }

  /** {@code this + scale * other}, in one pass over memory. */
  public Tensor plus(Tensor other, double scale) {
    requireBroadcast("plus", other);
    return make("plus", () -> use("plus").add(other.use("plus"), new Scalar(scale)));
  }

  public Tensor minus(Tensor other) {
    return plus(other, -1);
  }

  public Tensor plus(double value) {
    return make("plus", () -> use("plus").add(new Scalar(value)));
  }

  /** The product of a matrix (a, b) with a matrix (b, c) or a vector (b). */
  public Tensor times(Tensor other) {
    long[] mine = sizes();
    long[] theirs = other.sizes();
    if (mine.length != 2
        || theirs.length < 1
        || theirs.length > 2
        || mine[1] != theirs[0]
        || precision() != other.precision()) {
      throw new IllegalArgumentException(
          "times: %s and %s do not multiply".formatted(describe(), other.describe()));
    }
    return make("times", () -> use("times").matmul(other.use("times")));
  }

  /** The sum of the products of two vectors' elements, a tensor with one element. */
  public Tensor dot(Tensor other) {
    requireDimensions("dot", 1);
    requireSame("dot", other);
    return make("dot", () -> use("dot").dot(other.use("dot")));
  }

  /** A matrix with rows and columns exchanged, over the same memory. */
  public Tensor transposed() {
    requireDimensions("transposed", 2);
    return make("transposed", () -> use("transposed").t());
  }

  /**
   * The Gram matrices of all patches of maps (n, c, h, w), (n patches, c, c): entry (i, j) is the
   * sum over the positions of a patch of channel i times channel j. Rows and columns that fill no
   * patch are left out.
   */
  public Tensor gramMatrices(int patchHeight, int patchWidth) {
    requireDimensions("gramMatrices", 4);
    if (patchHeight < 1 || patchWidth < 1 || patchHeight > size(2) || patchWidth > size(3)) {
      throw new IllegalArgumentException(
          "gramMatrices: patches of %d by %d do not fit %s"
              .formatted(patchHeight, patchWidth, describe()));
    }
    long rows = size(2) / patchHeight;
    long columns = size(3) / patchWidth;
    return make(
        "gramMatrices",
        () -> {
          org.bytedeco.pytorch.Tensor patches =
              use("gramMatrices")
                  .narrow(2, 0, rows * patchHeight)
                  .narrow(3, 0, columns * patchWidth)
                  .reshape(size(0), size(1), rows, patchHeight, columns, patchWidth)
                  .permute(0, 2, 4, 1, 3, 5)
                  .reshape(-1, size(1), (long) patchHeight * patchWidth);
          return patches.bmm(patches.transpose(1, 2));
        });
  }

  /** Every element divided by the one of {@code divisor}. */
  public Tensor dividedBy(Tensor divisor) {
    if (divisor.count() != 1 || divisor.precision() != precision()) {
      throw new IllegalArgumentException(
          "dividedBy: the divisor of %s has one element of its precision, this is %s"
              .formatted(describe(), divisor.describe()));
    }
    return make("dividedBy", () -> use("dividedBy").div(divisor.use("dividedBy")));
  }

  /** Elements below {@code least} raised to it. */
  public Tensor atLeast(double least) {
    return make("atLeast", () -> use("atLeast").clamp(new ScalarOptional(new Scalar(least))));
  }

  public Tensor square() {
    return make("square", () -> use("square").square());
  }

  public Tensor times(double factor) {
    return make("times", () -> use("times").mul(new Scalar(factor)));
  }

  public Tensor abs() {
    return make("abs", () -> use("abs").abs());
  }

  public Tensor sqrt() {
    return make("sqrt", () -> use("sqrt").sqrt());
  }

  /** The mean of all elements, a tensor with one element. */
  public Tensor mean() {
    return make("mean", () -> use("mean").mean());
  }

  /** The sum of all elements, a tensor with one element. */
  public Tensor sum() {
    return make("sum", () -> use("sum").sum());
  }

  /** The Euclidean norm of all elements, a tensor with one element. */
  public Tensor norm() {
    return make("norm", () -> use("norm").norm());
  }

  // ---------------------------------------------------------------- what networks are made of

  /**
   * Two-dimensional convolution with zero padding (cross-correlation, as everywhere in the field).
   *
   * @param weight (out, in, kh, kw)
   * @param bias (out), or null for none
   * @return (n, out, (h + 2 padding - kh) / stride + 1, ...)
   */
  public Tensor convolve(Tensor weight, Tensor bias, int stride, int padding) {
    return convolve(weight, bias, stride, padding, padding);
  }

  /** As {@link #convolve(Tensor, Tensor, int, int)}, with other padding above than beside. */
  public Tensor convolve(Tensor weight, Tensor bias, int stride, int rows, int columns) {
    requireDimensions("convolve", 4);
    weight.requireDimensions("convolve: weight", 4);
    if (weight.size(1) != size(1) || precision() != weight.precision()) {
      throw new IllegalArgumentException(
          "convolve: a weight of %s does not fit an input of %s"
              .formatted(weight.describe(), describe()));
    }
    if (bias != null
        && (bias.sizes().length != 1
            || bias.size(0) != weight.size(0)
            || bias.precision() != precision())) {
      throw new IllegalArgumentException(
          "convolve: a bias of %s does not fit a weight of %s"
              .formatted(bias.describe(), weight.describe()));
    }
    if (stride < 1 || rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "convolve: stride %d and padding %d, %d".formatted(stride, rows, columns));
    }
    if (size(2) + 2L * rows < weight.size(2) || size(3) + 2L * columns < weight.size(3)) {
      throw new IllegalArgumentException(
          "convolve: an input of %s is smaller than the kernel of %s"
              .formatted(describe(), weight.describe()));
    }
    return make(
        "convolve",
        () -> {
          org.bytedeco.pytorch.Tensor input = use("convolve");
          org.bytedeco.pytorch.Tensor kernel = weight.use("convolve");
          TensorOptional added =
              bias == null ? new TensorOptional() : new TensorOptional(bias.use("convolve"));
          long[] steps = {stride, stride};
          long[] padding = {rows, columns};
          long[] dilation = {1, 1};
          return isLeftAsideByOneDnn(weight)
              ? torch.mkldnn_convolution(input, kernel, added, padding, steps, dilation, 1)
              : torch.conv2d(input, kernel, added, steps, padding, dilation, 1);
        });
  }

  /**
   * Whether libtorch would leave oneDNN aside for one picture, for its size or, with one thread,
   * for its 1x1 kernel. It then rounds differently with the size, and no part of a picture would
   * have the bits of the whole.
   */
  private boolean isLeftAsideByOneDnn(Tensor weight) {
    boolean pointwise = weight.size(2) == 1 && weight.size(3) == 1;
    return size(0) == 1
        && count() > 0
        && (pointwise || count() <= 20_480) // ConvParams::use_mkldnn
        && precision() == Precision.FLOAT32
        && device() == Device.CPU
        && torch.hasMKLDNN();
  }

  /**
   * Every channel brought to mean 0 and variance 1, then scaled and shifted.
   *
   * @param scale (c), float32, as are the others
   * @param mean the running mean, which moves towards the batch's if {@code training}
   * @param variance the running variance, likewise
   * @param training whether to go by the batch's mean and variance instead of the running ones
   * @param momentum how far the running ones move, from 0 to 1
   */
  public Tensor batchNorm(
      Tensor scale,
      Tensor shift,
      Tensor mean,
      Tensor variance,
      boolean training,
      double momentum,
      double epsilon) {
    requireDimensions("batchNorm", 4);
    for (Tensor each : List.of(scale, shift, mean, variance)) {
      if (each.sizes().length != 1
          || each.size(0) != size(1)
          || each.precision() != Precision.FLOAT32) {
        throw new IllegalArgumentException(
            "batchNorm: %s does not fit an input of %s".formatted(each.describe(), describe()));
      }
    }
    if (training && size(0) * size(2) * size(3) < 2) {
      throw new IllegalArgumentException(
          "batchNorm: one value has no variance; the input is " + describe());
    }
    return make(
        "batchNorm",
        () ->
            torch.batch_norm(
                use("batchNorm"),
                new TensorOptional(scale.use("batchNorm")),
                new TensorOptional(shift.use("batchNorm")),
                new TensorOptional(mean.use("batchNorm")),
                new TensorOptional(variance.use("batchNorm")),
                training,
                momentum,
                epsilon,
                true));
  }

  /**
   * The mean taken from every channel, and the rest divided by the deviation.
   *
   * @param mean one number a channel
   * @param deviation one number a channel, not 0
   */
  public Tensor normalise(double[] mean, double[] deviation) {
    requireDimensions("normalise", 4);
    if (mean.length != size(1) || deviation.length != size(1)) {
      throw new IllegalArgumentException(
          "normalise: %d means and %d deviations for %s"
              .formatted(mean.length, deviation.length, describe()));
    }
    Tensor centre = channelNumbers(mean);
    Tensor spread = channelNumbers(deviation);
    return make(
        "normalise",
        () -> use("normalise").sub(centre.use("normalise")).div(spread.use("normalise")));
  }

  /** One number a channel, (1, c, 1, 1), to compute with this. */
  private Tensor channelNumbers(double[] numbers) {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    return of(rounded, 1, numbers.length, 1, 1).like(this);
  }

  /**
   * The channels of every pixel as a vector of length 1: divided by their Euclidean norm.
   *
   * @param epsilon what is added to the norm, so that zeros stay zeros
   */
  public Tensor unitChannels(double epsilon) {
    requireDimensions("unitChannels", 4);
    return make(
        "unitChannels",
        () -> {
          org.bytedeco.pytorch.Tensor x = use("unitChannels");
          org.bytedeco.pytorch.Tensor squares =
              x.square().sum(new long[] {1}, true, new ScalarTypeOptional());
          return x.div(squares.sqrt().add(new Scalar(epsilon)));
        });
  }

  /** This on another's device and in its precision. */
  private Tensor like(Tensor other) {
    return make(
        "like", () -> use("like").to(other.use("like").device(), other.precision().scalarType));
  }

  /** The largest of every square of {@code size} pixels, {@code stride} apart; no padding. */
  public Tensor maxPool(int size, int stride) {
    return maxPool(size, stride, false);
  }

  /**
   * As {@link #maxPool(int, int)}.
   *
   * @param over whether squares that begin in the map and reach over its edge count too
   */
  public Tensor maxPool(int size, int stride, boolean over) {
    requireDimensions("maxPool", 4);
    int least = over ? size - stride + 1 : size;
    if (size < 1 || stride < 1 || least > size(2) || least > size(3)) {
      throw new IllegalArgumentException(
          "maxPool: squares of %d, %d apart, do not fit %s".formatted(size, stride, describe()));
    }
    return make(
        "maxPool",
        () ->
            torch.max_pool2d(
                use("maxPool"),
                new long[] {size, size},
                new long[] {stride, stride},
                new long[] {0, 0},
                new long[] {1, 1},
                over));
  }

  /** Enlarged by bilinear interpolation between pixel centres, the edge repeated. */
  public Tensor upsampleBilinear(int factor) {
    requireDimensions("upsampleBilinear", 4);
    requireFactor("upsampleBilinear", factor);
    long[] size = {size(2) * factor, size(3) * factor};
    return make(
        "upsampleBilinear", () -> torch.upsample_bilinear2d(use("upsampleBilinear"), size, false));
  }

  /** {@code log(1 + exp(x))}, which is the cross entropy of the logit -x with the label 1. */
  public Tensor softplus() {
    return make("softplus", () -> torch.softplus(use("softplus")));
  }

  /** {@code x} where it is positive, {@code slope * x} elsewhere. */
  public Tensor leakyRelu(double slope) {
    return make("leakyRelu", () -> torch.leaky_relu(use("leakyRelu"), new Scalar(slope)));
  }

  /**
   * {@code x} where it is positive, {@code slope * x} elsewhere.
   *
   * @param slopes (1) for all channels, or (c)
   */
  public Tensor parametricRelu(Tensor slopes) {
    requireDimensions("parametricRelu", 4);
    slopes.requireDimensions("parametricRelu: slopes", 1);
    if ((slopes.size(0) != 1 && slopes.size(0) != size(1)) || slopes.precision() != precision()) {
      throw new IllegalArgumentException(
          "parametricRelu: slopes of %s do not fit %s".formatted(slopes.describe(), describe()));
    }
    return make(
        "parametricRelu", () -> torch.prelu(use("parametricRelu"), slopes.use("parametricRelu")));
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public Tensor sigmoid() {
    return make("sigmoid", () -> torch.sigmoid(use("sigmoid")));
  }

  /** The mean of every map: (n, c, h, w) to (n, c, 1, 1). */
  public Tensor mapMeans() {
    requireDimensions("mapMeans", 4);
    return make("mapMeans", () -> torch.adaptive_avg_pool2d(use("mapMeans"), 1, 1));
  }

  /** Every map multiplied with a number of its own: (n, c, h, w) with (n, c, 1, 1). */
  public Tensor timesChannels(Tensor factors) {
    requireDimensions("timesChannels", 4);
    long[] wanted = {size(0), size(1), 1, 1};
    if (!Arrays.equals(factors.sizes(), wanted) || factors.precision() != precision()) {
      throw new IllegalArgumentException(
          "timesChannels: %s are no factors of %s".formatted(factors.describe(), describe()));
    }
    return make("timesChannels", () -> use("timesChannels").mul(factors.use("timesChannels")));
  }

  /**
   * {@code scale * this + shift}.
   *
   * @param shift one number a channel
   */
  public Tensor affine(double scale, double... shift) {
    requireDimensions("affine", 4);
    if (shift.length != size(1)) {
      throw new IllegalArgumentException(
          "affine: %d shifts for %s".formatted(shift.length, describe()));
    }
    Tensor added = channelNumbers(shift);
    // One rounding each, so that no number's bits depend on its place in a vector.
    return make("affine", () -> use("affine").mul(new Scalar(scale)).add(added.use("affine")));
  }

  /**
   * Sums of channels: (n, c, h, w) to (n, d, h, w).
   *
   * @param matrix what each channel is multiplied with, d rows of c
   */
  public Tensor mix(double[][] matrix) {
    requireDimensions("mix", 4);
    for (double[] row : matrix) {
      if (row.length != size(1)) {
        throw new IllegalArgumentException(
            "mix: sums of %d channels of %s".formatted(row.length, describe()));
      }
    }
    return make(
        "mix",
        () -> {
          TensorVector sums = new TensorVector();
          for (double[] row : matrix) {
            sums.push_back(weighted(1, 1, row));
          }
          return torch.cat(sums, 1);
        });
  }

  /**
   * Weighted sums of neighbours along a dimension: for {@code h} pixels and {@code t} taps, {@code
   * h + 1 - t} blocks of as many results as there are rows of taps.
   *
   * @param dimension 2 for rows, 3 for columns
   * @param taps by result of a block, then by pixel
   */
  public Tensor interpolate(int dimension, double[][] taps) {
    requireDimensions("interpolate", 4);
    long blocks = size(dimension) + 1 - taps[0].length;
    if ((dimension != 2 && dimension != 3) || blocks < 1) {
      throw new IllegalArgumentException(
          "interpolate: %d taps along dimension %d of %s"
              .formatted(taps[0].length, dimension, describe()));
    }
    long[] result = sizes().clone();
    result[dimension] = blocks * taps.length;
    return make(
        "interpolate",
        () -> {
          TensorVector phases = new TensorVector();
          for (double[] weights : taps) {
            phases.push_back(weighted(dimension, blocks, weights));
          }
          return torch.stack(phases, dimension + 1).reshape(result);
        });
  }

  /** The sum of weighted parts, one step further along a dimension each; not all weights are 0. */
  private org.bytedeco.pytorch.Tensor weighted(int dimension, long length, double[] weights) {
    org.bytedeco.pytorch.Tensor sum = null;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        org.bytedeco.pytorch.Tensor part =
            use("weighted").narrow(dimension, i, length).mul(new Scalar(weights[i]));
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum;
  }

  /** Feature maps side by side along the channels. */
  public static Tensor concatenate(List<Tensor> maps) {
    return concatenate(1, maps);
  }

  /** Feature maps one after the other along a dimension: 1 channels, 2 rows, 3 columns. */
  public static Tensor concatenate(int dimension, List<Tensor> maps) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("concatenate: nothing to concatenate");
    }
    Tensor first = maps.get(0);
    first.requireDimensions("concatenate", 4);
    Objects.checkIndex(dimension, 4);
    for (Tensor map : maps) {
      map.requireDimensions("concatenate", 4);
      boolean fits = map.precision() == first.precision();
      for (int i = 0; i < 4; i++) {
        fits &= i == dimension || map.size(i) == first.size(i);
      }
      if (!fits) {
        throw new IllegalArgumentException(
            "concatenate: %s does not fit beside %s".formatted(map.describe(), first.describe()));
      }
    }
    return make(
        "concatenate",
        () -> {
          TensorVector vector = new TensorVector();
          for (Tensor map : maps) {
            vector.push_back(map.use("concatenate"));
          }
          return torch.cat(vector, dimension);
        });
  }

  /** Every pixel repeated {@code factor} times in each direction. */
  public Tensor upsampleNearest(int factor) {
    requireDimensions("upsampleNearest", 4);
    requireFactor("upsampleNearest", factor);
    long[] size = {size(2) * factor, size(3) * factor};
    return make(
        "upsampleNearest",
        () ->
            torch.upsample_nearest2d(
                use("upsampleNearest"), size, new DoubleOptional(), new DoubleOptional()));
  }

  /**
   * (n, c f f, h, w) to (n, c, f h, f w): channel c f f + dy f + dx becomes the pixel (dy, dx) of
   * its block.
   */
  public Tensor pixelShuffle(int factor) {
    requireDimensions("pixelShuffle", 4);
    requireFactor("pixelShuffle", factor);
    if (size(1) % ((long) factor * factor) != 0) {
      throw new IllegalArgumentException(
          "pixelShuffle: the channels of %s do not divide by %d squared"
              .formatted(describe(), factor));
    }
    return make("pixelShuffle", () -> torch.pixel_shuffle(use("pixelShuffle"), factor));
  }

  /** The inverse of {@link #pixelShuffle}: (n, c, f h, f w) to (n, c f f, h, w). */
  public Tensor pixelUnshuffle(int factor) {
    requireDimensions("pixelUnshuffle", 4);
    requireFactor("pixelUnshuffle", factor);
    if (size(2) % factor != 0 || size(3) % factor != 0) {
      throw new IllegalArgumentException(
          "pixelUnshuffle: %s does not divide into blocks of %d".formatted(describe(), factor));
    }
    return make("pixelUnshuffle", () -> torch.pixel_unshuffle(use("pixelUnshuffle"), factor));
  }

  /**
   * Rows and columns added below and to the right, mirrored without the edge; fewer than there are.
   */
  public Tensor padReflect(int right, int bottom) {
    requireDimensions("padReflect", 4);
    if (right < 0 || bottom < 0 || right >= size(3) || bottom >= size(2)) {
      throw new IllegalArgumentException(
          "padReflect: %d right and %d below do not fit %s".formatted(right, bottom, describe()));
    }
    return make(
        "padReflect",
        () ->
            torch.pad(
                use("padReflect"),
                new long[] {0, right, 0, bottom},
                "reflect",
                new DoubleOptional()));
  }

  /** The entries of a dimension in the opposite order. */
  public Tensor reversed(int dimension) {
    Objects.checkIndex(dimension, sizes().length);
    return make("reversed", () -> use("reversed").flip(dimension));
  }

  /** Rows and columns of maps (n, c, h, w) exchanged, over the same memory. */
  public Tensor mapsTransposed() {
    requireDimensions("mapsTransposed", 4);
    return make("mapsTransposed", () -> use("mapsTransposed").transpose(2, 3));
  }

  /** The last row (dimension 2) or column (dimension 3) once more. */
  public Tensor repeatLast(int dimension) {
    return padRepeat(dimension, 0, 1);
  }

  /** The first row (dimension 2) or column (dimension 3) repeated before it, the last after it. */
  public Tensor padRepeat(int dimension, int before, int after) {
    requireDimensions("padRepeat", 4);
    if ((dimension != 2 && dimension != 3) || size(dimension) < 1 || before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "padRepeat: no %d and %d rows or columns along dimension %d of %s"
              .formatted(before, after, dimension, describe()));
    }
    long[] margin =
        dimension == 3 ? new long[] {before, after, 0, 0} : new long[] {0, 0, before, after};
    return make(
        "padRepeat", () -> torch.pad(use("padRepeat"), margin, "replicate", new DoubleOptional()));
  }

  /** Mean absolute difference, a tensor with one element. */
  public Tensor l1Loss(Tensor target) {
    requireSame("l1Loss", target);
    return make("l1Loss", () -> torch.l1_loss(use("l1Loss"), target.use("l1Loss")));
  }

  /** Mean squared difference, a tensor with one element. */
  public Tensor meanSquaredError(Tensor target) {
    requireSame("meanSquaredError", target);
    return make(
        "meanSquaredError",
        () -> torch.mse_loss(use("meanSquaredError"), target.use("meanSquaredError")));
  }

  // ---------------------------------------------------------------- gradients

  /** Marks this tensor as one that gradients are wanted for, accumulated into {@code gradient}. */
  public Tensor requireGradient(Tensor gradient) {
    requireSame("requireGradient", gradient);
    run(
        "requireGradient",
        () -> {
          org.bytedeco.pytorch.Tensor mine = use("requireGradient");
          mine.set_requires_grad(true);
          mine.mutable_grad().put(gradient.use("requireGradient"));
        });
    return this;
  }

  /**
   * Adds the gradients of this one-element tensor to all the tensors it was computed from that want
   * them.
   */
  public void backward() {
    if (count() != 1) {
      throw new IllegalArgumentException("backward: a loss has one element, this is " + describe());
    }
    org.bytedeco.pytorch.Tensor mine = use("backward");
    if (!mine.requires_grad()) {
      throw new IllegalStateException("backward: nothing this was computed from wants a gradient");
    }
    run("backward", mine::backward);
  }

  /** The same elements, cut off from what they were computed from. */
  public Tensor detach() {
    return make("detach", () -> use("detach").detach());
  }

  /**
   * The same elements over the same memory, whose changes go unnoticed: libtorch refuses to compute
   * gradients after a change in place to what they need, and counts every change to any part of a
   * tensor. For parts that no gradient needs.
   */
  public Tensor unwatched() {
    return make("unwatched", () -> use("unwatched").variable_data());
  }

  // ---------------------------------------------------------------- in place

  public Tensor zeroInPlace() {
    run("zeroInPlace", () -> use("zeroInPlace").zero_());
    return this;
  }

  /** Copies {@code source}, of the same shape, into this. */
  public Tensor assign(Tensor source) {
    if (!Arrays.equals(sizes(), source.sizes())) {
      throw new IllegalArgumentException(
          "assign: %s into %s".formatted(source.describe(), describe()));
    }
    run("assign", () -> use("assign").copy_(source.use("assign")));
    return this;
  }

  public Tensor timesInPlace(double factor) {
    run("timesInPlace", () -> use("timesInPlace").mul_(new Scalar(factor)));
    return this;
  }

  /** As {@link #leakyRelu}, into this tensor. */
  public Tensor leakyReluInPlace(double slope) {
    run("leakyReluInPlace", () -> torch.leaky_relu_(use("leakyReluInPlace"), new Scalar(slope)));
    return this;
  }

  /** {@code this += scale * other}. */
  public Tensor plusInPlace(Tensor other, double scale) {
    requireSame("plusInPlace", other);
    run("plusInPlace", () -> use("plusInPlace").add_(other.use("plusInPlace"), new Scalar(scale)));
    return this;
  }

  public Tensor plusInPlace(double value) {
    run("plusInPlace", () -> use("plusInPlace").add_(new Scalar(value)));
    return this;
  }

  /** {@code this += weight * (end - this)}. */
  public Tensor towardsInPlace(Tensor end, double weight) {
    requireSame("towardsInPlace", end);
    run(
        "towardsInPlace",
        () -> use("towardsInPlace").lerp_(end.use("towardsInPlace"), new Scalar(weight)));
    return this;
  }

  /** {@code this += scale * a * b}. */
  public Tensor plusProductInPlace(Tensor a, Tensor b, double scale) {
    requireSame("plusProductInPlace", a);
    requireSame("plusProductInPlace", b);
    run(
        "plusProductInPlace",
        () ->
            use("plusProductInPlace")
                .addcmul_(
                    a.use("plusProductInPlace"), b.use("plusProductInPlace"), new Scalar(scale)));
    return this;
  }

  /** {@code this += scale * a / b}. */
  public Tensor plusQuotientInPlace(Tensor a, Tensor b, double scale) {
    requireSame("plusQuotientInPlace", a);
    requireSame("plusQuotientInPlace", b);
    run(
        "plusQuotientInPlace",
        () ->
            use("plusQuotientInPlace")
                .addcdiv_(
                    a.use("plusQuotientInPlace"), b.use("plusQuotientInPlace"), new Scalar(scale)));
    return this;
  }

  // ---------------------------------------------------------------- life

  /** Frees this tensor before its scope does. Closing twice does nothing. */
  @Override
  public void close() {
    if (handle == null) {
      return;
    }
    requireThread("close");
    if (!Gate.isClosed()) { // at the end of the process the system frees everything
      run("close", handle::close);
    }
    handle = null;
    owner.released();
    owner = null;
  }

  Scope owner() {
    return owner;
  }

  void moveTo(Scope scope) {
    owner = scope;
  }

  @Override
  public String toString() {
    return handle == null ? "closed tensor" : describe();
  }

  private static Tensor make(String operation, Supplier<org.bytedeco.pytorch.Tensor> body) {
    Scope scope = Scope.current(operation);
    return call(
        operation,
        () -> {
          org.bytedeco.pytorch.Tensor result = body.get();
          result.retainReference();
          Tensor made = new Tensor(result, scope);
          scope.adopt(made);
          return made;
        });
  }

  private static void run(String operation, Runnable body) {
    call(
        operation,
        () -> {
          body.run();
          return null;
        });
  }

  private static <T> T call(String operation, Supplier<T> body) {
    return Native.call(
        operation,
        () -> {
          try (PointerScope temporaries = new PointerScope()) {
            return body.get();
          }
        });
  }

  org.bytedeco.pytorch.Tensor use(String operation) {
    if (handle == null) {
      throw new IllegalStateException(operation + ": this tensor was closed, or its scope was");
    }
    requireThread(operation);
    return handle;
  }

  private void requireThread(String operation) {
    if (Thread.currentThread() != owner.thread()) {
      throw new IllegalStateException(
          "%s: the tensor belongs to thread %s, not to %s"
              .formatted(operation, owner.thread().getName(), Thread.currentThread().getName()));
    }
  }

  private long[] sizes() {
    if (shape == null || handle == null) {
      org.bytedeco.pytorch.Tensor mine = use("shape");
      long[] read = new long[Math.toIntExact(mine.dim())];
      for (int i = 0; i < read.length; i++) {
        read[i] = mine.size(i);
      }
      shape = read;
    }
    return shape;
  }

  private String describe() {
    return Arrays.toString(sizes()) + " " + precision().label();
  }

  private void requireDimensions(String operation, int wanted) {
    if (sizes().length != wanted) {
      throw new IllegalArgumentException(
          "%s: wants %d dimensions, this is %s".formatted(operation, wanted, describe()));
    }
  }

  private void requireFactor(String operation, int factor) {
    if (factor < 1 || factor > 64) {
      throw new IllegalArgumentException(
          operation + ": a factor of " + factor + " is not between 1 and 64");
    }
  }

  private void requireSame(String operation, Tensor other) {
    if (!Arrays.equals(sizes(), other.sizes()) || precision() != other.precision()) {
      throw new IllegalArgumentException(
          "%s: %s and %s differ".formatted(operation, describe(), other.describe()));
    }
  }

  private void requireBroadcast(String operation, Tensor other) {
    long[] a = sizes();
    long[] b = other.sizes();
    for (int i = 1; i <= Math.min(a.length, b.length); i++) {
      long x = a[a.length - i];
      long y = b[b.length - i];
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "%s: %s and %s do not fit".formatted(operation, describe(), other.describe()));
      }
    }
  }
}
