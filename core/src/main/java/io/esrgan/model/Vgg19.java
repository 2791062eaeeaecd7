package io.esrgan.model;

import java.util.List;
import java.util.Map;

/**
 * The convolutions of VGG19 (Simonyan and Zisserman 2015, configuration E), under torchvision's
 * names: {@code features.N}.
 *
 * <p>A tap is a layer by that number N, or {@code conv5_4} for what a convolution gives, {@code
 * relu5_4} for the same after its rectifier, {@code pool5} for what a block's pooling leaves.
 * ESRGAN compares {@code conv5_4}, "before activation" (Wang et al. 2018, section 3.3); SRGAN
 * {@code relu5_4}; EnhanceNet {@code pool2} and {@code pool5}.
 */
public final class Vgg19 extends Vgg {
  private static final String NAME = "VGG19";
  private static final int[] BLOCKS = {2, 2, 4, 4, 4}; // convolutions

  /**
   * @param widths the output channels of each convolution, by its number, as a file has them
   * @param taps names or numbers of layers
   * @throws IllegalArgumentException if a tap is no layer, or the widths lack a convolution
   */
  public Vgg19(Map<Integer, Integer> widths, List<String> taps) {
    super(NAME, BLOCKS, widths, taps);
  }

  /**
   * The number of a layer.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static int number(String tap) {
    return number(NAME, BLOCKS, tap);
  }
}
