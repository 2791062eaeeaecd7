package io.esrgan.export;

import io.esrgan.nn.BatchNorm2d;
import io.esrgan.nn.ChannelAttention;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.PRelu;
import io.esrgan.weights.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Feature maps as a value in an ONNX file: what is done to them is written down as operators of
 * opset {@link Onnx#OPSET}.
 *
 * @param graph takes the operators down
 * @param node whose result this is
 */
record Value(GraphMessage graph, Graph.Node node) implements Features {

  @Override
  public Features convolve(Conv2d layer) {
    return result(convolution(layer, graph.nameOf(graph.current()), name()));
  }

  private NodeMessage convolution(Conv2d layer, String output, String input) {
    List<String> inputs = new ArrayList<>(List.of(input, graph.tensor(layer.weight())));
    if (layer.bias() != null) {
      inputs.add(graph.tensor(layer.bias()));
    }
    int kernel = layer.kernel();
    int padding = layer.padding();
    return new NodeMessage("Conv", output, output, inputs.toArray(String[]::new))
        .with("kernel_shape", new int[] {kernel, kernel})
        .with("strides", new int[] {layer.stride(), layer.stride()})
        .with("pads", new int[] {padding, padding, padding, padding});
  }

  @Override
  public Features leakyRelu(double slope) {
    return result(written("LeakyRelu", name()).with("alpha", (float) slope));
  }

  @Override
  public Features parametricRelu(PRelu layer) {
    return result(written("PRelu", name(), graph.channelTensor(layer.slopes())));
  }

  @Override
  public Features normalise(BatchNorm2d layer) {
    return result(
        written(
                "BatchNormalization",
                name(),
                graph.tensor(layer.scale()),
                graph.tensor(layer.shift()),
                graph.tensor(layer.mean()),
                graph.tensor(layer.variance()))
            .with("epsilon", (float) BatchNorm2d.EPSILON));
  }

  @Override
  public Features affine(double scale, double... shift) {
    String scaled = inner("scaled");
    float[] numbers = new float[shift.length];
    for (int i = 0; i < shift.length; i++) {
      numbers[i] = (float) shift[i];
    }
    String added = graph.tensor(inner("shift"), Weight.of(numbers, shift.length, 1, 1));
    graph.add(new NodeMessage("Mul", scaled, scaled, name(), factor(scale)));
    return result(written("Add", scaled, added));
  }

  @Override
  public Features mix(double[][] matrix) {
    int in = matrix[0].length;
    float[] numbers = new float[matrix.length * in];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) matrix[i / in][i % in];
    }
    String weights = graph.tensor(inner("matrix"), Weight.of(numbers, matrix.length, in, 1, 1));
    return result(written("Conv", name(), weights));
  }

  @Override
  public Features attend(ChannelAttention layer) {
    String means = inner("means");
    String squeezed = inner("squeezed");
    String rectified = inner("rectified");
    String excited = inner("excited");
    String gates = inner("gates");
    graph.add(new NodeMessage("GlobalAveragePool", means, means, name()));
    graph.add(convolution(layer.squeeze(), squeezed, means));
    graph.add(new NodeMessage("Relu", rectified, rectified, squeezed));
    graph.add(convolution(layer.excite(), excited, rectified));
    graph.add(new NodeMessage("Sigmoid", gates, gates, excited));
    return result(written("Mul", name(), gates));
  }

  @Override
  public Features plus(Features other, double scale) {
    String added = nameOf(other);
    if (scale != 1) {
      String scaled = inner("scaled");
      graph.add(new NodeMessage("Mul", scaled, scaled, added, factor(scale)));
      added = scaled;
    }
    return result(written("Add", name(), added));
  }

  @Override
  public Features with(List<Features> others) {
    List<String> inputs = new ArrayList<>(List.of(name()));
    others.forEach(other -> inputs.add(nameOf(other)));
    return result(written("Concat", inputs.toArray(String[]::new)).with("axis", 1));
  }

  @Override
  public Features upsampleNearest(int factor) {
    return result(
        resized(factor)
            .with("mode", "nearest")
            .with("coordinate_transformation_mode", "asymmetric")
            .with("nearest_mode", "floor"));
  }

  @Override
  public Features upsample(Interpolation interpolation, int factor) {
    NodeMessage resized = resized(factor);
    return result(
        switch (interpolation) {
          case BILINEAR ->
              resized.with("mode", "linear").with("coordinate_transformation_mode", "half_pixel");
          case BICUBIC ->
              resized
                  .with("mode", "cubic")
                  .with("cubic_coeff_a", -0.5f)
                  .with("coordinate_transformation_mode", "half_pixel");
          case BICUBIC_CORNERS ->
              resized
                  .with("mode", "cubic")
                  .with("cubic_coeff_a", -0.75f)
                  .with("coordinate_transformation_mode", "asymmetric");
        });
  }

  private NodeMessage resized(int factor) {
    String scales =
        graph.tensor("scales_" + factor, Weight.of(new float[] {1, 1, factor, factor}, 4));
    return written("Resize", name(), "", scales);
  }

  @Override
  public Features pixelShuffle(int factor) {
    return result(written("DepthToSpace", name()).with("blocksize", factor).with("mode", "CRD"));
  }

  /**
   * PyTorch's order has the channel outermost, SpaceToDepth's innermost; they agree on pictures of
   * one channel, so each channel becomes a picture meanwhile. Both reshapes cost nothing.
   */
  @Override
  public Features pixelUnshuffle(int factor) {
    String planes = inner("planes");
    String folded = inner("folded");
    graph.add(new NodeMessage("Reshape", planes, planes, name(), shape(1)));
    graph.add(new NodeMessage("SpaceToDepth", folded, folded, planes).with("blocksize", factor));
    return result(written("Reshape", folded, shape(node.channels() * factor * factor)));
  }

  /** As many pictures as there are of these channels; a 0 keeps height and width. */
  private String shape(int channels) {
    return graph.tensor("shape_" + channels, Weight.of(new long[] {-1, channels, 0, 0}, 4));
  }

  private String factor(double factor) {
    return graph.tensor("factor_" + (float) factor, Weight.of(new float[] {(float) factor}));
  }

  private String name() {
    return graph.nameOf(node);
  }

  private String nameOf(Features other) {
    return ((Value) other).name();
  }

  /** A name for what comes before the result. */
  private String inner(String what) {
    return graph.nameOf(graph.current()) + "_" + what;
  }

  /** The operator that gives the result. */
  private NodeMessage written(String operator, String... inputs) {
    String output = graph.nameOf(graph.current());
    return new NodeMessage(operator, output, output, inputs);
  }

  private Value result(NodeMessage last) {
    graph.add(last);
    return new Value(graph, graph.current());
  }
}
