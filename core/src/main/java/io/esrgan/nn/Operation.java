package io.esrgan.nn;

import java.util.List;

/**
 * One kind of operation in a {@link Graph}: how it computes, what size comes out, what it costs and
 * which rows or columns of its input it reads.
 */
public sealed interface Operation {

  /** The result on feature maps of any kind. */
  Features apply(List<Features> inputs);

  /**
   * The result of computed feature maps, the first of which nobody reads afterwards: it may be left
   * in their memory.
   */
  default Live applyInPlace(List<Features> inputs) {
    return (Live) apply(inputs);
  }

  /**
   * The result of computed rows from the midst of feature maps: exactly those that {@link #reads}
   * says, rows outside the picture among them as zeros.
   */
  default Live applyToRows(List<Features> inputs) {
    return (Live) apply(inputs);
  }

  /** Whether rows outside the picture are copies of its edge to this, rather than zeros. */
  default boolean repeatsEdge() {
    return false;
  }

  /**
   * Whether every number that comes out depends on the whole picture, beside the positions that
   * {@link #reads} says. Then there is no {@link #applyToRows}.
   */
  default boolean seesAll() {
    return false;
  }

  /** Whether {@link #applyInPlace} needs no memory of its own. */
  default boolean overwrites() {
    return false;
  }

  /** Whether the result has memory of its own, rather than being another view of the input's. */
  default boolean ownsResult() {
    return true;
  }

  /** The channels that come out. */
  int channels(List<Graph.Node> inputs);

  /** The size that comes out. */
  default Resolution resolution(List<Graph.Node> inputs) {
    return inputs.get(0).resolution();
  }

  /** The input positions along one axis that an interval of output positions is computed from. */
  default Interval reads(Interval output) {
    return output;
  }

  /** Multiplications for one pixel that comes out. */
  default long multiplications() {
    return 0;
  }

  /** The network's input picture. */
  record Input(int count) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      throw new IllegalStateException("an input is given, not computed");
    }

    @Override
    public boolean ownsResult() {
      return false;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      return count;
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return Resolution.SAME;
    }
  }

  /** A convolution. */
  record Convolution(Conv2d layer) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).convolve(layer);
    }

    @Override
    public Live applyToRows(List<Features> inputs) {
      return ((Live) inputs.get(0)).convolveRows(layer);
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      if (inputs.get(0).channels() != layer.inputs()) {
        throw new IllegalArgumentException(
            "%s wants %d channels, given %d"
                .formatted(layer.weight().name(), layer.inputs(), inputs.get(0).channels()));
      }
      return layer.outputs();
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return inputs.get(0).resolution().dividedBy(layer.stride());
    }

    @Override
    public Interval reads(Interval output) {
      return new Interval(
          output.first() * layer.stride() - layer.padding(),
          output.last() * layer.stride() - layer.padding() + layer.kernel() - 1);
    }

    @Override
    public long multiplications() {
      return layer.weight().count();
    }
  }

  /** The leaky rectifier. */
  record LeakyRelu(double slope) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).leakyRelu(slope);
    }

    @Override
    public Live applyInPlace(List<Features> inputs) {
      return ((Live) inputs.get(0)).leakyReluInPlace(slope);
    }

    @Override
    public boolean overwrites() {
      return true;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      return inputs.get(0).channels();
    }
  }

  /** The rectifier with trained slopes. */
  record ParametricRelu(PRelu layer) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).parametricRelu(layer);
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      int channels = inputs.get(0).channels();
      long slopes = layer.slopes().count();
      if (slopes != 1 && slopes != channels) {
        throw new IllegalArgumentException(
            "%s has %d slopes for %d channels".formatted(layer.slopes().name(), slopes, channels));
      }
      return channels;
    }
  }

  /** Batch normalisation. */
  record Normalise(BatchNorm2d layer) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).normalise(layer);
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      if (inputs.get(0).channels() != layer.channels()) {
        throw new IllegalArgumentException(
            "%s wants %d channels, given %d"
                .formatted(layer.scale().name(), layer.channels(), inputs.get(0).channels()));
      }
      return layer.channels();
    }

    @Override
    public long multiplications() {
      return layer.channels();
    }
  }

  /** {@code scale} times the input plus {@code shift}, which has one number a channel. */
  record Affine(double scale, List<Double> shift) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).affine(scale, shift.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      if (inputs.get(0).channels() != shift.size()) {
        throw new IllegalArgumentException(
            "a shift of %d channels, given %d".formatted(shift.size(), inputs.get(0).channels()));
      }
      return shift.size();
    }

    @Override
    public long multiplications() {
      return shift.size();
    }
  }

  /** Sums of channels: what each is multiplied with, by channel that comes out. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by this package alone
  record Mix(double[][] matrix) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).mix(matrix);
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      if (inputs.get(0).channels() != matrix[0].length) {
        throw new IllegalArgumentException(
            "sums of %d channels, given %d".formatted(matrix[0].length, inputs.get(0).channels()));
      }
      return matrix.length;
    }

    @Override
    public long multiplications() {
      return (long) matrix.length * matrix[0].length;
    }
  }

  /** Channels multiplied with what their means over the whole picture say. */
  record Attend(ChannelAttention layer) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).attend(layer);
    }

    @Override
    public Live applyToRows(List<Features> inputs) {
      throw new IllegalStateException("rows of a picture do not tell its means");
    }

    @Override
    public boolean seesAll() {
      return true;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      int channels = inputs.get(0).channels();
      if (channels != layer.squeeze().inputs() || channels != layer.excite().outputs()) {
        throw new IllegalArgumentException(
            "%s wants %d channels, given %d"
                .formatted(layer.squeeze().weight().name(), layer.squeeze().inputs(), channels));
      }
      return channels;
    }

    /** Those of the gates alone: the means' share of a pixel is nothing. */
    @Override
    public long multiplications() {
      return layer.excite().outputs();
    }
  }

  /** First plus {@code scale} times second. */
  record Add(double scale) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).plus(inputs.get(1), scale);
    }

    @Override
    public Live applyInPlace(List<Features> inputs) {
      return ((Live) inputs.get(0)).plusInPlace(inputs.get(1), scale);
    }

    @Override
    public boolean overwrites() {
      return true;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      Graph.requireSameSize(inputs);
      if (inputs.get(0).channels() != inputs.get(1).channels()) {
        throw new IllegalArgumentException(
            "cannot add %d channels to %d"
                .formatted(inputs.get(1).channels(), inputs.get(0).channels()));
      }
      return inputs.get(0).channels();
    }
  }

  /** Side by side along the channels. */
  record Concatenate() implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).with(inputs.subList(1, inputs.size()));
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      Graph.requireSameSize(inputs);
      return inputs.stream().mapToInt(Graph.Node::channels).sum();
    }
  }

  /** Pixels repeated. */
  record UpsampleNearest(int factor) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).upsampleNearest(factor);
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      return inputs.get(0).channels();
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return inputs.get(0).resolution().times(factor);
    }

    @Override
    public Interval reads(Interval output) {
      return output.divided(factor);
    }
  }

  /** Values between those of the pixels. */
  record Upsample(Interpolation interpolation, int factor) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).upsample(interpolation, factor);
    }

    @Override
    public Live applyToRows(List<Features> inputs) {
      return ((Live) inputs.get(0)).upsampleRows(interpolation, factor);
    }

    @Override
    public boolean repeatsEdge() {
      return true;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      return inputs.get(0).channels();
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return inputs.get(0).resolution().times(factor);
    }

    /** All that the blocks of these positions are computed from: blocks are not divided. */
    @Override
    public Interval reads(Interval output) {
      Interval blocks = output.divided(factor);
      return new Interval(
          blocks.first() - interpolation.before(), blocks.last() + interpolation.after());
    }

    @Override
    public long multiplications() {
      return 2L * (interpolation.before() + 1 + interpolation.after());
    }
  }

  /** Channels folded into pixels. */
  record PixelShuffle(int factor) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).pixelShuffle(factor);
    }

    @Override
    public boolean ownsResult() {
      return false;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      int channels = inputs.get(0).channels();
      if (channels % (factor * factor) != 0) {
        throw new IllegalArgumentException(
            channels + " channels do not fold into blocks of " + factor);
      }
      return channels / (factor * factor);
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return inputs.get(0).resolution().times(factor);
    }

    @Override
    public Interval reads(Interval output) {
      return output.divided(factor);
    }
  }

  /** Pixels folded into channels. */
  record PixelUnshuffle(int factor) implements Operation {
    @Override
    public Features apply(List<Features> inputs) {
      return inputs.get(0).pixelUnshuffle(factor);
    }

    @Override
    public boolean ownsResult() {
      return false;
    }

    @Override
    public int channels(List<Graph.Node> inputs) {
      return inputs.get(0).channels() * factor * factor;
    }

    @Override
    public Resolution resolution(List<Graph.Node> inputs) {
      return inputs.get(0).resolution().dividedBy(factor);
    }

    @Override
    public Interval reads(Interval output) {
      return new Interval(output.first() * factor, output.last() * factor + factor - 1);
    }
  }
}
