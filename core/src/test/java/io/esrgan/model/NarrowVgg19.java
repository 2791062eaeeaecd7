package io.esrgan.model;

import io.esrgan.Answers;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The VGG19 of {@code make_critics.py}, each of whose convolutions has another width. */
public final class NarrowVgg19 {
  private NarrowVgg19() {}

  /** The network up to these taps. */
  public static FeatureNetwork of(Answers answers, List<String> taps) {
    return new Vgg19(widths(answers.weights().under("vgg19.")), taps);
  }

  /** The weights that it needs, held. */
  public static FlatParameters numbers(Answers answers, FeatureNetwork network) {
    FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.load(part(answers.weights().under("vgg19."), network));
    return parameters;
  }

  static Map<Integer, Integer> widths(StateDict weights) {
    Map<Integer, Integer> widths = new HashMap<>();
    weights
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.rank() == 4) {
                widths.put(Integer.valueOf(name.split("\\.", -1)[1]), (int) weight.extent(0));
              }
            });
    return widths;
  }

  static StateDict part(StateDict weights, FeatureNetwork network) {
    Map<String, Weight> part = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      part.put(parameter.name(), weights.get(parameter.name()));
    }
    return StateDict.of(part);
  }
}
