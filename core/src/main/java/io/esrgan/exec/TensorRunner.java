package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Live;
import io.esrgan.nn.Numbers;
import io.esrgan.nn.Operation;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes on libtorch's tensors, operation by operation: on every device, in every precision.
 *
 * <p>Its tensors belong to the scope that was open when it was made, and its passages to that
 * scope's thread.
 */
final class TensorRunner implements Runner {
  /**
   * oneDNN computes float32 convolutions of fewer channels than a vector holds with other kernels
   * for small pictures than for large ones, which round differently. Channels of zeros change no
   * result and end that.
   */
  private static final int LEAST_CHANNELS = 16;

  /** libtorch lays weights out again for every call, which takes as long as some 2,000 pixels. */
  private static final int STRIP_PIXELS = 16 << 10;

  private static final int ACCELERATED_STRIP_PIXELS = 1 << 20;

  private final Steps steps;
  private final Numbers numbers;
  private final Device device;
  private final Precision precision;
  private final int multiple;
  private final Map<Parameter, Tensor> widened = new HashMap<>();

  /**
   * A runner.
   *
   * @param numbers in {@code precision}, on {@code device}
   * @param multiple what heights are multiples of
   */
  TensorRunner(Graph graph, Numbers numbers, Device device, Precision precision, int multiple) {
    this.steps = new Steps(graph);
    this.numbers = numbers;
    this.device = device;
    this.precision = precision;
    this.multiple = multiple;
    if (device.equals(Device.CPU) && precision == Precision.FLOAT32) {
      steps.inOrder().forEach(this::widen);
    }
  }

  private void widen(Steps.Step step) {
    if (step.node().operation() instanceof Operation.Convolution convolution
        && channelsRead(step) < LEAST_CHANNELS) {
      Parameter weight = convolution.layer().weight();
      widened.put(weight, widen(numbers.get(weight)));
    }
  }

  private static int channelsRead(Steps.Step step) {
    return step.sources().get(0).stream().mapToInt(Graph.Node::channels).sum();
  }

  /** The same with channels of zeros behind. */
  private Tensor widen(Tensor narrow) {
    long channels = narrow.size(1);
    Tensor wide =
        Tensor.unfilled(
            precision, device, narrow.size(0), LEAST_CHANNELS, narrow.size(2), narrow.size(3));
    wide.slice(1, 0, channels).assign(narrow);
    wide.slice(1, channels, LEAST_CHANNELS - channels).zeroInPlace();
    return wide;
  }

  @Override
  public Passage over(int width, int height, int stripRows) {
    return new TensorPassage(this, width, height, stripRows);
  }

  Steps steps() {
    return steps;
  }

  /** What heights are multiples of. */
  int multiple() {
    return multiple;
  }

  /** Rows of a picture as the first operation takes them. */
  Tensor convert(Tensor rows) {
    return rows.to(device).channelsLast().to(precision);
  }

  /** Memory for feature maps. */
  Tensor unfilled(long channels, long rows, long columns) {
    return Tensor.unfilled(precision, device, 1, channels, rows, columns);
  }

  /** What a step reads, as its operation takes it. */
  Live live(Steps.Step step, Tensor tensor) {
    if (step.node().operation() instanceof Operation.Convolution convolution) {
      Parameter weight = convolution.layer().weight();
      Tensor wide = widened.get(weight);
      if (wide != null) {
        return new Live(widen(tensor), p -> p.equals(weight) ? wide : numbers.get(p));
      }
    }
    return new Live(tensor, numbers);
  }

  @Override
  public long bytes(int width, int height, int stripRows) {
    return new PassageMemory(steps, width, precision).of(height, stripRows);
  }

  @Override
  public int stripRows(int width, int height) {
    return (device.equals(Device.CPU) ? STRIP_PIXELS : ACCELERATED_STRIP_PIXELS) / width;
  }
}
