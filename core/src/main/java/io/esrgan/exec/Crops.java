package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.io.IOException;

/** A picture whose parts can be asked for. */
@FunctionalInterface
public interface Crops {

  /** A part that lies within the picture: (1, c, height, width) float32 on the CPU, in [0, 1]. */
  Tensor of(int x, int y, int width, int height) throws IOException;
}
