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
 * The convolutions of a VGG network (Simonyan and Zisserman 2015) without batch normalisation,
 * under torchvision's names: {@code features.N}. All are 3x3, and a pooling follows each block.
 */
abstract sealed class Vgg implements FeatureNetwork permits Vgg16, Vgg19 {
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
   * @param name the network's, for errors
   * @param blocks convolutions of each block
   * @param widths the output channels of each convolution, by its number, as a file has them
   * @param taps names or numbers of layers
   * @throws IllegalArgumentException if a tap is no layer, or the widths lack a convolution
   */
  Vgg(String name, int[] blocks, Map<Integer, Integer> widths, List<String> taps) {
    FeatureNetwork.requireTaps(taps);
    List<Integer> numbers = taps.stream().map(tap -> number(name, blocks, tap)).toList();
    int last = numbers.stream().mapToInt(n -> n).max().orElseThrow();
    Blueprint root = Blueprint.empty().within("features");
    int in = 3;
    for (int count : blocks) {
      for (int i = 0; i < count; i++) {
        int number = kinds.size();
        if (number <= last) {
          int out = width(name, widths, number);
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

  private static int width(String name, Map<Integer, Integer> widths, int number) {
    Integer width = widths.get(number);
    if (width == null) {
      throw new IllegalArgumentException(
          "%s has a convolution features.%d".formatted(name, number));
    }
    return width;
  }

  /**
   * The number of a layer in a network of these blocks.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static int number(String network, int[] blocks, String tap) {
    Matcher name = TAP.matcher(tap);
    Matcher pool = POOL.matcher(tap);
    if (name.matches()) {
      int block = Integer.parseInt(name.group(2)) - 1;
      int convolution = Integer.parseInt(name.group(3)) - 1;
      if (convolution < blocks[block]) {
        return start(blocks, block) + 2 * convolution + (name.group(1).equals("relu") ? 1 : 0);
      }
    } else if (pool.matches()) {
      return start(blocks, Integer.parseInt(pool.group(1))) - 1;
    } else if (tap.matches("\\d{1,2}") && Integer.parseInt(tap) < start(blocks, blocks.length)) {
      return Integer.parseInt(tap);
    }
    int last = blocks[blocks.length - 1];
    throw new IllegalArgumentException(
        "%s has no layer \"%s\": name one such as conv5_%d (before its rectifier), relu5_%d (after it), pool5 or a number from 0 to %d"
            .formatted(network, tap, last, last, start(blocks, blocks.length) - 1));
  }

  /** The number of the first layer of a block, counted from 0. */
  private static int start(int[] blocks, int block) {
    return Arrays.stream(blocks, 0, block).map(count -> 2 * count + 1).sum();
  }

  @Override
  public List<Tensor> features(Live pictures) {
    Tensor[] found = new Tensor[taps.size()];
    Live x = FeatureNetwork.normalised(pictures);
    for (int number = 0; number < kinds.size(); number++) {
      Tensor before = x.tensor();
      x =
          switch (kinds.get(number)) {
            case CONVOLUTION -> convolutions.get(number).forward(x);
            case RECTIFIER -> x.leakyRelu(0);
            case POOLING -> x.with(x.tensor().maxPool(2, 2));
          };
      if (!taps.containsKey(number - 1)) {
        before.close(); // 256 bytes a pixel in the first block; gradients hold what they need
      }
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
