package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of a network's weights, as they are put down one layer after the other. */
final class ShapeList {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  /** A square convolution without a bias. */
  ShapeList plain(String name, int in, int out, int kernel) {
    shapes.put(name + ".weight", new long[] {out, in, kernel, kernel});
    return this;
  }

  /** A square convolution and its bias. */
  ShapeList convolution(String name, int in, int out, int kernel) {
    return plain(name, in, out, kernel).vector(name + ".bias", out);
  }

  /** A number for each channel. */
  ShapeList vector(String name, int channels) {
    shapes.put(name, new long[] {channels});
    return this;
  }

  /** Blocks of two 3x3 convolutions. */
  ShapeList residualBlocks(String name, int blocks, int features) {
    for (int block = 0; block < blocks; block++) {
      convolution(name + "." + block + ".conv1", features, features, 3);
      convolution(name + "." + block + ".conv2", features, features, 3);
    }
    return this;
  }

  /** A batch normalisation, with what it has measured. */
  ShapeList normalisation(String name, int channels) {
    return vector(name + ".weight", channels)
        .vector(name + ".bias", channels)
        .vector(name + ".running_mean", channels)
        .vector(name + ".running_var", channels);
  }

  /**
   * Convolutions to as many channels as the pixels of a square, which become its pixels: two by two
   * as often as it takes, or three by three.
   */
  ShapeList shuffles(String name, int features, int scale) {
    int side = scale == 3 ? 3 : 2;
    for (int i = 0, done = 1; done < scale; i += 2, done *= side) {
      convolution(name + "." + i, features, side * side * features, 3);
    }
    return this;
  }

  Map<String, long[]> map() {
    return shapes;
  }
}
