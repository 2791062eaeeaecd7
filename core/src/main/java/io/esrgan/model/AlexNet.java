package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The convolutions of AlexNet as Krizhevsky 2014 ("one weird trick") has them, under torchvision's
 * names. A tap is {@code conv1} to {@code conv5}, or {@code relu1} to {@code relu5} for the same
 * after its rectifier.
 */
public final class AlexNet implements FeatureNetwork {
  private static final Pattern TAP = Pattern.compile("(conv|relu)([1-5])");
  private static final int[] WIDTHS = {64, 192, 384, 256, 256};
  private static final int[] KERNELS = {11, 5, 3, 3, 3};
  private static final int[] PADDINGS = {2, 2, 1, 1, 1};
  private static final int[] PLACES = {0, 3, 6, 8, 10}; // numbers in torchvision
  private static final int FIRST_STRIDE = 4;
  private static final int POOLINGS = 2; // one before conv2 and one before conv3

  private final List<Conv2d> convolutions = new ArrayList<>();
  private final List<String> taps;
  private final List<Parameter> parameters;

  /**
   * @param taps names such as {@code relu5}
   * @throws IllegalArgumentException if a tap is none
   */
  public AlexNet(List<String> taps) {
    FeatureNetwork.requireTaps(taps);
    this.taps = List.copyOf(taps);
    int last = taps.stream().mapToInt(AlexNet::layer).max().orElseThrow();
    Blueprint root = Blueprint.empty().within("features");
    int in = 3;
    for (int i = 0; i < last; i++) {
      Blueprint place = root.within(Integer.toString(PLACES[i]));
      int stride = i == 0 ? FIRST_STRIDE : 1;
      convolutions.add(new Conv2d(place, in, WIDTHS[i], KERNELS[i], stride, PADDINGS[i], true));
      in = WIDTHS[i];
    }
    parameters = root.parameters();
  }

  private static int layer(String tap) {
    if (!TAP.matcher(tap).matches()) {
      throw new IllegalArgumentException(
          "AlexNet has no layer \"%s\": name one such as conv5 (before its rectifier) or relu5 (after it), from 1 to 5"
              .formatted(tap));
    }
    return tap.charAt(tap.length() - 1) - '0';
  }

  @Override
  public List<Tensor> features(Live pictures) {
    Map<String, Tensor> found = new HashMap<>();
    Live x = FeatureNetwork.normalised(pictures);
    for (int i = 0; i < convolutions.size(); i++) {
      if (i > 0 && i <= POOLINGS) {
        x = x.with(x.tensor().maxPool(3, 2));
      }
      x = convolutions.get(i).forward(x);
      found.put("conv" + (i + 1), x.tensor());
      x = x.leakyRelu(0);
      found.put("relu" + (i + 1), x.tensor());
    }
    return taps.stream().map(found::get).toList();
  }

  @Override
  public int smallestSide() {
    int poolings = Math.min(POOLINGS, convolutions.size() - 1);
    int needed = (1 << (poolings + 1)) - 1; // of the first map: a pooling takes 2 n + 1 to n
    return FIRST_STRIDE * (needed - 1) + KERNELS[0] - 2 * PADDINGS[0];
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
