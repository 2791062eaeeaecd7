package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which the weights of discriminators have been named.
 *
 * <p>The old one numbers the layers of a VGG-style one in a row: {@code features.0} is the first
 * convolution, and of those that follow, k = 1, 2, ..., {@code features.(3k-1)} is the convolution
 * and {@code features.(3k)} its normalisation.
 */
public enum DiscriminatorLayout {
  /** BasicSR, Real-ESRGAN, and this project: {@code conv0_0.weight}, {@code conv1.weight_orig}. */
  NEW("new (BasicSR)") {
    @Override
    String toNew(String name) {
      return name;
    }

    @Override
    String fromNew(String name) {
      return name;
    }
  },
  /** The first release, and KAIR: {@code features.0.weight}, {@code classifier.0.weight}. */
  OLD("old ESRGAN") {
    @Override
    String toNew(String name) {
      Matcher layer = OLD_LAYER.matcher(name);
      if (!layer.matches()) {
        return name;
      }
      int number = Integer.parseInt(layer.group(2));
      String part = layer.group(3);
      if (layer.group(1).equals("classifier")) {
        return number == 0 || number == 2 ? "linear%d.%s".formatted(number / 2 + 1, part) : name;
      }
      return switch (number == 0 ? 2 : number % 3) {
        case 2 -> stage("conv", (number + 1) / 3) + part;
        case 0 -> stage("bn", number / 3) + part;
        default -> name;
      };
    }

    @Override
    String fromNew(String name) {
      Matcher layer = NEW_LAYER.matcher(name);
      if (!layer.matches()) {
        return name;
      }
      String part = layer.group(4);
      if (layer.group(1).equals("linear")) {
        return "classifier.%d.%s".formatted(2 * Integer.parseInt(layer.group(2)) - 2, part);
      }
      int k = 2 * Integer.parseInt(layer.group(2)) + Integer.parseInt(layer.group(3));
      int number = layer.group(1).equals("bn") ? 3 * k : Math.max(0, 3 * k - 1);
      return "features.%d.%s".formatted(number, part);
    }
  },
  /**
   * A U-Net whose spectral normalisation is PyTorch's later one: {@code
   * conv1.parametrizations.weight.original}.
   */
  PARAMETRIZED("PyTorch's parametrizations") {
    @Override
    String toNew(String name) {
      return name.replace(".parametrizations.weight.original", ".weight_orig")
          .replace(".parametrizations.weight.0._", ".weight_");
    }

    @Override
    String fromNew(String name) {
      return name.replace(".weight_orig", ".parametrizations.weight.original")
          .replace(".weight_", ".parametrizations.weight.0._");
    }
  };

  private static final Pattern OLD_LAYER =
      Pattern.compile("(features|classifier)\\.(\\d{1,2})\\.(.+)");
  private static final Pattern NEW_LAYER =
      Pattern.compile("(conv|bn|linear)(\\d)(?:_([01]))?\\.(.+)");

  private final String title;

  DiscriminatorLayout(String title) {
    this.title = title;
  }

  private static String stage(String kind, int k) {
    return "%s%d_%d.".formatted(kind, k / 2, k % 2);
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The layout that the weights of a discriminator have. */
  static DiscriminatorLayout of(StateDict weights) {
    if (weights.contains("features.0.weight")) {
      return OLD;
    }
    return weights.contains("conv1.parametrizations.weight.original") ? PARAMETRIZED : NEW;
  }

  /** What the new layout calls a weight; one without a part in the network keeps its name. */
  abstract String toNew(String name);

  abstract String fromNew(String name);

  /**
   * A discriminator's weights under this layout's names. The old layout's convolutions all have
   * biases, so zeros are added where there are none.
   *
   * @param file read in any layout
   * @throws IllegalArgumentException if such discriminators have no names in this layout
   */
  public StateDict named(DiscriminatorFile file) {
    boolean vgg = file.config() instanceof VggDiscriminatorConfig;
    if ((this == OLD && !vgg) || (this == PARAMETRIZED && vgg)) {
      throw new IllegalArgumentException(
          "%s has no names in the layout %s"
              .formatted(
                  (vgg ? WeightKind.VGG_DISCRIMINATOR : WeightKind.UNET_DISCRIMINATOR).title(),
                  title));
    }
    Map<String, Weight> named = new LinkedHashMap<>();
    file.weights()
        .weights()
        .forEach(
            (name, weight) -> {
              named.put(fromNew(name), weight);
              String bias = name.replace(".weight", ".bias");
              if (this == OLD && weight.rank() == 4 && !file.weights().contains(bias)) {
                int outputs = Math.toIntExact(weight.extent(0));
                named.put(fromNew(bias), Weight.of(new float[outputs], outputs).in(weight.dtype()));
              }
            });
    return StateDict.of(named, file.weights().metadata());
  }
}
