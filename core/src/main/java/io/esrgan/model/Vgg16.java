package io.esrgan.model;

import java.util.List;
import java.util.Map;

/**
 * The convolutions of VGG16 (Simonyan and Zisserman 2015, configuration D), under torchvision's
 * names: {@code features.N}. Taps are named as those of {@link Vgg19}: {@code relu5_3} is the last
 * convolution after its rectifier.
 */
public final class Vgg16 extends Vgg {

  /**
   * @param widths the output channels of each convolution, by its number, as a file has them
   * @param taps names or numbers of layers
   * @throws IllegalArgumentException if a tap is no layer, or the widths lack a convolution
   */
  public Vgg16(Map<Integer, Integer> widths, List<String> taps) {
    super("VGG16", new int[] {2, 2, 3, 3, 3}, widths, taps);
  }
}
