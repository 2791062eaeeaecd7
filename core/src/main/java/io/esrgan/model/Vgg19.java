package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The convolutions of VGG19 (Simonyan and Zisserman 2015, configuration E), under torchvision's
 * names: {@code features.N}.
 *
 * <p>A tap is a layer by that number N, or {@code conv5_4} for what a convolution gives, {@code
 * relu5_4} for the same after its rectifier, {@code pool5} for what a block's pooling leaves.
 * ESRGAN compares {@code conv5_4}, "before activation" (Wang et al. 2018, section 3.3); SRGAN
 * {@code relu5_4}; EnhanceNet {@code pool2} and {@code pool5}.
 */
public final class Vgg19 implements FeatureNetwork {
  private static final int[] CONVOLUTIONS = {2, 2, 4, 4, 4}; // of each block; a pooling follows
  private static final int LAYERS = 37;
  private static final double[] MEAN = {0.485, 0.456, 0.406}; // of ImageNet
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};
  private static final Pattern TAP = Pattern.compile("(conv|relu)([1-5])_([1-4])");
  private static final Pattern POOL = Pattern.compile("pool([1-5])");

  private enum Kind {
    CONVOLUTION,
    RECTIFIER,
    POOLING
  }

  private final List<Kind> kinds = new ArrayList<>(); // by number
  private final Map<Integer, Conv2d> convolutions = new HashMap<>(); // by number
  private final Map<Integer, Integer> taps = new TreeMap<>(); // number to place in the result
  private final List<Parameter> parameters;

  /**
   * @param widths the output channels of each convolution, by its number, as a file has them
   * @param taps names or numbers of layers
   * @throws IllegalArgumentException if a tap is no layer, or the widths lack a convolution
   */
  public Vgg19(Map<Integer, Integer> widths, List<String> taps) {
    FeatureNetwork.requireTaps(taps);
    List<Integer> numbers = taps.stream().map(Vgg19::number).toList();
    int last = numbers.stream().mapToInt(n -> n).max().orElseThrow();
    Blueprint root = Blueprint.empty().within("features");
    int in = 3;
    for (int count : CONVOLUTIONS) {
      for (int i = 0; i < count; i++) {
        int number = kinds.size();
        if (number <= last) {
          int out = width(widths, number);
          convolutions.put(number, new Conv2d(root.within(Integer.toString(number)), in, out, 3));
          in = out;
        }
        kinds.add(Kind.CONVOLUTION);
        kinds.add(Kind.RECTIFIER);
      }
      kinds.add(Kind.POOLING);
    }
    kinds.subList(last + 1, kinds.size()).clear();
    for (int i = 0; i < numbers.size(); i++) {
      if (this.taps.put(numbers.get(i), i) != null) {
        throw new IllegalArgumentException("the layer " + taps.get(i) + " is named twice");
      }
    }
    parameters = root.parameters();
  }

  private static int width(Map<Integer, Integer> widths, int number) {
    Integer width = widths.get(number);
    if (width == null) {
      throw new IllegalArgumentException("VGG19 has a convolution features." + number);
    }
    return width;
  }

  /**
   * The number of a layer.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static int number(String tap) {
    Matcher name = TAP.matcher(tap);
    Matcher pool = POOL.matcher(tap);
    if (name.matches()) {
      int block = Integer.parseInt(name.group(2)) - 1;
      int convolution = Integer.parseInt(name.group(3)) - 1;
      if (convolution < CONVOLUTIONS[block]) {
        return start(block) + 2 * convolution + (name.group(1).equals("relu") ? 1 : 0);
      }
    } else if (pool.matches()) {
      return start(Integer.parseInt(pool.group(1))) - 1;
    } else if (tap.matches("\\d{1,2}") && Integer.parseInt(tap) < LAYERS) {
      return Integer.parseInt(tap);
    }
    throw new IllegalArgumentException(
        "VGG19 has no layer \"%s\": name one such as conv5_4 (before its rectifier), relu5_4 (after it), pool5 or a number from 0 to %d"
            .formatted(tap, LAYERS - 1));
  }

  /** The number of the first layer of a block, counted from 0. */
  private static int start(int block) {
    return Arrays.stream(CONVOLUTIONS, 0, block).map(count -> 2 * count + 1).sum();
  }

  @Override
  public List<Tensor> features(Live pictures) {
    Tensor[] found = new Tensor[taps.size()];
    Live x = pictures.with(pictures.tensor().normalise(MEAN, DEVIATION));
    for (int number = 0; number < kinds.size(); number++) {
      x =
          switch (kinds.get(number)) {
            case CONVOLUTION -> convolutions.get(number).forward(x);
            case RECTIFIER -> x.leakyRelu(0);
            case POOLING -> x.with(x.tensor().maxPool(2, 2));
          };
      Integer place = taps.get(number);
      if (place != null) {
        found[place] = x.tensor();
      }
    }
    return List.of(found);
  }

  @Override
  public int smallestSide() {
    return 1 << kinds.stream().filter(kind -> kind == Kind.POOLING).count();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
