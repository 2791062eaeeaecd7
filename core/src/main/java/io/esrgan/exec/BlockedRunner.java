package io.esrgan.exec;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.ConvolutionWeights;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes a graph on the CPU with kernels that were made for it: feature maps in the layout that
 * the processor's convolutions are written for, weights laid out once, memory taken once,
 * rectifiers and residuals within the convolutions, concatenations without a copy.
 */
final class BlockedRunner implements Runner, AutoCloseable {
  private final Lowering lowering;
  private final FlatParameters parameters;
  private final Precision precision;
  private final int block;
  private final Map<Conv2d, List<ConvolutionWeights>> weights = new HashMap<>();

  private BlockedRunner(
      Lowering lowering, FlatParameters parameters, Precision precision, int block) {
    this.lowering = lowering;
    this.parameters = parameters;
    this.precision = precision;
    this.block = block;
  }

  /**
   * A runner, if the processor has kernels for this precision and all of the graph's operations are
   * known.
   *
   * @param parameters in float32
   */
  static Optional<BlockedRunner> of(Graph graph, FlatParameters parameters, Precision precision) {
    Optional<Lowering> lowering = Lowering.of(graph);
    if (lowering.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt block = Kernels.block(precision);
    return block.isPresent()
        ? Optional.of(new BlockedRunner(lowering.get(), parameters, precision, block.getAsInt()))
        : Optional.empty();
  }

  @Override
  public Passage over(int width, int height, int stripRows) {
    return new BlockedPassage(lowering, shape(width, height, stripRows), this::weights);
  }

  @Override
  public long bytes(int width, int height, int stripRows) {
    BlockedPlan plan = new BlockedPlan(lowering, shape(width, height, stripRows));
    return plan.working() + plan.held() + 2 * plan.planes();
  }

  private StripShape shape(int width, int height, int stripRows) {
    return new StripShape(width, height, Math.min(height, stripRows), block, precision);
  }

  private List<ConvolutionWeights> weights(Lowering.Convolve convolve) {
    return weights.computeIfAbsent(convolve.layer(), layer -> new Packing(convolve).weights());
  }

  @Override
  public void close() {
    weights.values().forEach(list -> list.forEach(ConvolutionWeights::close));
    weights.clear();
  }

  /** A convolution's numbers, with zeros for the channels that fill up blocks. */
  private final class Packing {
    private final Lowering.Convolve convolve;
    private final int kernel;
    private final int outputs; // filled up
    private final int inputs; // filled up
    private final float[] weight; // (outputs, inputs, kernel, kernel)
    private final float[] bias; // (outputs)

    Packing(Lowering.Convolve convolve) {
      this.convolve = convolve;
      Conv2d layer = convolve.layer();
      this.kernel = layer.kernel();
      this.outputs = filled(layer.outputs());
      this.inputs = convolve.parts().stream().mapToInt(part -> filled(part.channels())).sum();
      this.weight = new float[outputs * inputs * kernel * kernel];
      this.bias = new float[outputs];
      fill(layer);
    }

    private int filled(int channels) {
      return (channels + block - 1) / block * block;
    }

    private void fill(Conv2d layer) {
      float[] given = parameters.get(layer.weight()).toFloats(); // (out, in, kernel, kernel)
      int taps = kernel * kernel;
      for (int o = 0; o < layer.outputs(); o++) {
        int from = o * layer.inputs() * taps;
        int to = o * inputs * taps;
        for (Lowering.Maps part : convolve.parts()) {
          for (int i = 0; i < part.channels() * taps; i++) {
            weight[to + i] = (float) (given[from + i] * convolve.factor());
          }
          from += part.channels() * taps;
          to += filled(part.channels()) * taps;
        }
      }
      if (layer.bias() != null) {
        float[] added = parameters.get(layer.bias()).toFloats();
        for (int o = 0; o < added.length; o++) {
          bias[o] = (float) (added[o] * convolve.factor());
        }
      }
    }

    List<ConvolutionWeights> weights() {
      if (!convolve.doubled()) {
        return List.of(new ConvolutionWeights(weight, bias, outputs, inputs, kernel, precision));
      }
      List<ConvolutionWeights> phases = new ArrayList<>();
      for (int top = 0; top < 2; top++) {
        for (int left = 0; left < 2; left++) {
          phases.add(new ConvolutionWeights(phase(top, left), bias, outputs, inputs, 2, precision));
        }
      }
      return phases;
    }

    /**
     * Of three rows of a picture whose pixels were doubled, two are the same: their weights are
     * summed. The upper of two doubled rows sees the row above, the lower one the row below;
     * columns likewise.
     */
    private float[] phase(int top, int left) {
      float[] summed = new float[outputs * inputs * 4];
      for (int plane = 0; plane < outputs * inputs; plane++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 3; x++) {
            int row = (y + 1 + top) / 2 - top;
            int column = (x + 1 + left) / 2 - left;
            summed[4 * plane + 2 * row + column] += weight[9 * plane + 3 * y + x];
          }
        }
      }
      return summed;
    }
  }
}
