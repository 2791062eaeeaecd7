package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks of ncnn: the numbers lie in a {@code .bin} file, without names, in the order of the
 * layers in the {@code .param} file beside it, which is text.
 *
 * <p>Each convolution's weights follow four bytes that say how they are stored, as 32-bit or 16-bit
 * floats; its biases and the slopes of rectifiers are plain 32-bit floats. Layers come in an order
 * in which they can be computed. In an RRDB network and in SRVGGNetCompact every convolution waits
 * for the one before it, so there is one such order only, and it tells their names.
 */
final class Ncnn {
  private static final String TEXT = ".param";
  private static final String NUMBERS = ".bin";
  private static final int PLAIN = 0;
  private static final int FLOAT32 = 0x0002C056;
  private static final int FLOAT16 = 0x01306B47;
  private static final int ALIGNMENT = 4; // bytes, of halves
  private static final int DENSE = 5; // convolutions of a dense block
  private static final int OUTSIDE = 4; // convolutions outside the blocks, but for doublings

  private final Source numbers;
  private long position;

  private Ncnn(Source numbers) {
    this.numbers = numbers;
  }

  /** The text beside such a file, if it is one. */
  static Optional<NcnnText> text(Source file) throws WeightsException {
    Optional<Source> text = file.beside(NUMBERS, TEXT);
    return text.isPresent() && NcnnText.matches(text.get())
        ? Optional.of(new NcnnText(text.get()))
        : Optional.empty();
  }

  /** The weights, under the names that BasicSR gives them. */
  static StateDict read(Source numbers, NcnnText text) throws WeightsException {
    Ncnn file = new Ncnn(numbers);
    List<Part> parts = new ArrayList<>();
    for (NcnnText.Layer layer : text.layers()) {
      if (layer.isConvolution()) {
        parts.add(file.convolution(layer));
      } else if (layer.isRectifier()) {
        parts.add(new Part(file.plain(layer.number(0)), Optional.empty()));
      }
    }
    if (file.position != numbers.length()) {
      throw numbers.fail(
          "has %d bytes where %s wants %d; fetch both again"
              .formatted(numbers.length(), text.name(), file.position));
    }
    List<String> stems = stems(parts);
    if (stems.size() != parts.size()) {
      throw numbers.fail(
          "is an ncnn network of %d layers with weights, neither an RRDB network nor"
                  .formatted(parts.size())
              + " SRVGGNetCompact; name its .pth file");
    }
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      weights.put(stems.get(i) + ".weight", parts.get(i).weight());
      if (parts.get(i).bias().isPresent()) {
        weights.put(stems.get(i) + ".bias", parts.get(i).bias().get());
      }
    }
    return StateDict.of(weights);
  }

  private Part convolution(NcnnText.Layer layer) throws WeightsException {
    long out = layer.number(0);
    long width = layer.number(1);
    long height = layer.number(11, width);
    long size = layer.number(6);
    long area = width * height; // nine digits each, so this fits
    if (out == 0 || area == 0 || area > size || size % (out * area) != 0) {
      throw numbers.fail(
          "layer %s has %d weights for %d outputs of %dx%d; it is damaged, so fetch it again"
              .formatted(Quote.of(layer.name()), size, out, height, width));
    }
    Weight weight = stored(layer, size, out, size / (out * area), height, width);
    return new Part(weight, layer.number(5, 0) == 0 ? Optional.empty() : Optional.of(plain(out)));
  }

  private Weight stored(NcnnText.Layer layer, long size, long... shape) throws WeightsException {
    int form = take(Integer.BYTES).getInt();
    return switch (form) {
      case PLAIN, FLOAT32 -> Weight.over(Dtype.F32, take(size * Float.BYTES), shape);
      case FLOAT16 -> {
        Weight halves = Weight.over(Dtype.F16, take(size * Short.BYTES), shape);
        position += -position & (ALIGNMENT - 1);
        yield halves;
      }
      default ->
          throw numbers.fail(
              "the weights of layer %s are quantised (form %08x), which is not read; name its .pth file"
                  .formatted(Quote.of(layer.name()), form));
    };
  }

  private Weight plain(long count) throws WeightsException {
    return Weight.over(Dtype.F32, take(count * Float.BYTES), count);
  }

  private ByteBuffer take(long length) throws WeightsException {
    ByteBuffer taken = numbers.window(position, length);
    position += length;
    return taken;
  }

  /** What the layers are called; fewer or more than there are where it is another network. */
  private static List<String> stems(List<Part> parts) {
    List<String> stems = new ArrayList<>();
    if (parts.stream().anyMatch(part -> part.weight().rank() == 1)) { // SRVGGNetCompact
      for (int i = 0; i < parts.size(); i++) {
        stems.add("body." + i);
      }
      return stems;
    }
    int denseBlocks = denseBlocks(parts);
    if (denseBlocks == 0 || denseBlocks % 3 != 0 || parts.size() < OUTSIDE + denseBlocks * DENSE) {
      return stems;
    }
    stems.add("conv_first");
    for (int i = 0; i < denseBlocks * DENSE; i++) {
      stems.add("body.%d.rdb%d.conv%d".formatted(i / DENSE / 3, i / DENSE % 3 + 1, i % DENSE + 1));
    }
    stems.add("conv_body");
    for (int i = 1; i <= parts.size() - OUTSIDE - denseBlocks * DENSE; i++) {
      stems.add("conv_up" + i);
    }
    stems.add("conv_hr");
    stems.add("conv_last");
    return stems;
  }

  /** How many convolutions end a dense block: they alone take in its input and four growths. */
  private static int denseBlocks(List<Part> parts) {
    if (parts.size() < OUTSIDE + DENSE) {
      return 0;
    }
    long features = parts.get(0).weight().extent(0);
    long growth = parts.get(1).weight().extent(0);
    return (int)
        parts.stream().filter(part -> part.weight().extent(1) == features + 4 * growth).count();
  }

  /** The numbers of one layer. */
  private record Part(Weight weight, Optional<Weight> bias) {}
}
