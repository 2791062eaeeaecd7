package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fire modules of SqueezeNet 1.1 (Iandola et al. 2016), under torchvision's names: a classifier
 * of 3 MB, for LPIPS, and for a perceptual loss where VGG19 is not at hand.
 *
 * <p>A tap is {@code expand9} for what the expanding convolutions of fire module 9 (the last; 2 is
 * the first) give, {@code relu9} for the same after their rectifier; {@code relu1} is the rectifier
 * of the first convolution, which has no padding.
 *
 * <p>There are two sets of weights of the same names and shapes. The Caffe model's take RGB in [0,
 * 1] as it is, since mean and range are part of the first convolution, and poolings leave out what
 * is too little for a square; torchvision's take what ImageNet's mean and deviation make of it, and
 * poolings use the squares that reach over the edge.
 */
public final class SqueezeNet implements FeatureNetwork {
  private static final Pattern TAP = Pattern.compile("(expand|relu)([2-9])|relu1");
  private static final int FIRST_CHANNELS = 64;
  private static final int FIRST_MODULE = 2;
  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64}; // of modules 2 to 9
  private static final int[] EXPANDED = {64, 64, 128, 128, 192, 192, 256, 256}; // each of two
  private static final int[] PLACES = {3, 4, 6, 7, 9, 10, 11, 12}; // numbers in torchvision
  private static final List<Integer> POOLED_BEFORE = List.of(2, 4, 6); // modules

  /** Squeezes to few channels, then expands by two kernels side by side. */
  private record Fire(Conv2d squeeze, Conv2d expand1, Conv2d expand3) {
    Live forward(Live x) { // before the last rectifier
      Live squeezed = squeeze.forward(x).leakyRelu(0);
      return expand1.forward(squeezed).with(List.of(expand3.forward(squeezed)));
    }
  }

  private final Conv2d first;
  private final Map<Integer, Fire> modules = new LinkedHashMap<>();
  private final List<String> taps;
  private final List<Parameter> parameters;
  private final boolean torchvision; // whose weights these are; else the Caffe model's

  /**
   * The network for the Caffe model's weights.
   *
   * @param taps names such as {@code expand9}
   * @throws IllegalArgumentException if a tap is none
   */
  public SqueezeNet(List<String> taps) {
    this(taps, false);
  }

  /**
   * The network for torchvision's weights.
   *
   * @throws IllegalArgumentException if a tap is none
   */
  public static SqueezeNet ofTorchvision(List<String> taps) {
    return new SqueezeNet(taps, true);
  }

  private SqueezeNet(List<String> taps, boolean torchvision) {
    this.torchvision = torchvision;
    FeatureNetwork.requireTaps(taps);
    this.taps = List.copyOf(taps);
    int last = taps.stream().mapToInt(SqueezeNet::module).max().orElseThrow();
    Blueprint root = Blueprint.empty().within("features");
    first = new Conv2d(root.within("0"), 3, FIRST_CHANNELS, 3, 2, 0, true);
    int in = FIRST_CHANNELS;
    for (int module = FIRST_MODULE; module <= last; module++) {
      int i = module - FIRST_MODULE;
      Blueprint place = root.within(Integer.toString(PLACES[i]));
      modules.put(
          module,
          new Fire(
              new Conv2d(place.within("squeeze1x1"), in, SQUEEZED[i], 1),
              new Conv2d(place.within("expand1x1"), SQUEEZED[i], EXPANDED[i], 1),
              new Conv2d(place.within("expand3x3"), SQUEEZED[i], EXPANDED[i], 3)));
      in = 2 * EXPANDED[i];
    }
    parameters = root.parameters();
  }

  private static int module(String tap) {
    Matcher name = TAP.matcher(tap);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "SqueezeNet has no layer \"%s\": name one such as expand9 (before its rectifier) or relu9 (after it), from 2 to 9, or relu1"
              .formatted(tap));
    }
    return name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
  }

  @Override
  public List<Tensor> features(Live pictures) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    Live x = first.forward(torchvision ? FeatureNetwork.normalised(pictures) : pictures);
    x = x.leakyRelu(0);
    found.put("relu1", x.tensor());
    for (Map.Entry<Integer, Fire> module : modules.entrySet()) {
      if (POOLED_BEFORE.contains(module.getKey())) {
        x = x.with(x.tensor().maxPool(3, 2, torchvision));
      }
      Live expanded = module.getValue().forward(x);
      found.put("expand" + module.getKey(), expanded.tensor());
      x = expanded.leakyRelu(0);
      found.put("relu" + module.getKey(), x.tensor());
    }
    List<Tensor> result = new ArrayList<>();
    taps.forEach(tap -> result.add(found.get(tap)));
    return result;
  }

  @Override
  public int smallestSide() {
    long poolings = POOLED_BEFORE.stream().filter(modules::containsKey).count();
    return torchvision
        ? (1 << (poolings + 1)) + 1 // a pooling takes 2 n to n, the first convolution 2 n + 1
        : (1 << (poolings + 2)) - 1; // each takes 2 n + 1 to n
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
