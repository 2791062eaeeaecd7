package io.esrgan.train;

import io.esrgan.loss.PixelLoss;
import java.util.List;

/**
 * What features are compared, where the perceptual loss has a weight.
 *
 * @param network an asset such as {@code vgg19}, or a file
 * @param taps its layers, such as {@code conv5_4}
 * @param weights one for each tap
 * @param criterion how features are compared
 */
public record PerceptualSection(
    String network, List<String> taps, List<Double> weights, PixelLoss criterion) {

  public PerceptualSection {
    taps = List.copyOf(taps);
    weights = List.copyOf(weights);
    RecipeRule.check(!taps.isEmpty(), "perceptual.taps", taps, "layers such as [conv5_4]");
    RecipeRule.check(
        weights.size() == taps.size(),
        "perceptual.weights",
        weights,
        "as many numbers as there are taps, " + taps.size());
    RecipeRule.check(
        weights.stream().allMatch(weight -> weight > 0),
        "perceptual.weights",
        weights,
        "above 0, all of them");
  }
}
