package io.esrgan.model;

import io.esrgan.nn.Parameter;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feature network and its weights.
 *
 * @param network made with the taps that are wanted
 * @param weights of its layers and no others
 */
public record TrainedFeatures(FeatureNetwork network, StateDict weights) {
  private static final Pattern CONVOLUTION = Pattern.compile("features\\.(\\d{1,2})\\.weight");
  private static final String SQUEEZING = "features.3.squeeze1x1.weight";
  private static final List<String> OF_VGG19 = List.of("features.2.weight", "features.5.weight");

  /**
   * The network that a file's weights are of: VGG19 of any width, or SqueezeNet 1.1, under
   * torchvision's names; a classifier behind the features is left out.
   *
   * @param taps layers as {@link Vgg19} and {@link SqueezeNet} name them
   * @throws IllegalArgumentException if they are of another network or damaged, or a tap is none
   */
  public static TrainedFeatures of(StateDict weights, List<String> taps) {
    FeatureNetwork network;
    if (weights.contains(SQUEEZING)) {
      network = new SqueezeNet(taps);
    } else if (weights.names().containsAll(OF_VGG19)) {
      network = new Vgg19(widths(weights), taps);
    } else {
      throw new IllegalArgumentException(
          "these are not the weights of VGG19 or SqueezeNet 1.1 under torchvision's names");
    }
    return of(weights, network);
  }

  /**
   * A network and the weights that are its own, copied, so that the others need not stay in memory.
   *
   * @param network makes the network for the file's weights
   * @throws IllegalArgumentException if one is missing or of another shape
   */
  public static TrainedFeatures of(StateDict weights, Function<StateDict, FeatureNetwork> network) {
    TrainedFeatures features = of(weights, network.apply(weights));
    Map<String, Weight> own = new LinkedHashMap<>();
    for (Parameter parameter : features.network.parameters()) {
      own.put(
          parameter.name(),
          Weight.of(parameter.from(features.weights).floats(), parameter.shape()));
    }
    return new TrainedFeatures(features.network, StateDict.of(own));
  }

  private static TrainedFeatures of(StateDict weights, FeatureNetwork network) {
    Map<String, Weight> own = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      try {
        own.put(parameter.name(), weights.get(parameter.name()));
      } catch (NoSuchElementException e) {
        throw new IllegalArgumentException(parameter.name() + " is missing", e);
      }
    }
    return new TrainedFeatures(network, StateDict.of(own));
  }

  /** The output channels of each convolution of a VGG network, by its number in torchvision. */
  public static Map<Integer, Integer> widths(StateDict weights) {
    Map<Integer, Integer> widths = new LinkedHashMap<>();
    weights
        .weights()
        .forEach(
            (name, weight) -> {
              Matcher convolution = CONVOLUTION.matcher(name);
              if (convolution.matches() && weight.rank() == 4) {
                widths.put(
                    Integer.valueOf(convolution.group(1)), Math.toIntExact(weight.extent(0)));
              }
            });
    return widths;
  }
}
