package io.esrgan.train;

import io.esrgan.asset.Assets;
import io.esrgan.loss.FeatureDistance;
import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.TextureDistance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What features are compared and how, where the perceptual loss or that of textures has a weight.
 *
 * @param network an asset such as {@code vgg19}, or a file
 * @param taps its layers, such as {@code conv5_4}
 * @param weights one for each tap
 * @param distance how features are compared: a {@link TextureDistance} makes this the section
 *     {@code texture}, all others {@code perceptual}
 * @param scale what features are divided by first
 */
public record FeatureSection(
    String network,
    List<String> taps,
    List<Double> weights,
    FeatureDistance distance,
    FeatureScale scale) {

  public FeatureSection {
    taps = List.copyOf(taps);
    weights = List.copyOf(weights);
    String name = Words.of(kind(distance));
    RecipeRule.check(!taps.isEmpty(), name + ".taps", taps, "layers such as [conv5_4]");
    RecipeRule.check(
        weights.size() == taps.size(),
        name + ".weights",
        weights,
        "as many numbers as there are taps, " + taps.size());
    RecipeRule.check(
        weights.stream().allMatch(weight -> weight > 0),
        name + ".weights",
        weights,
        "above 0, all of them");
  }

  /**
   * Where the network's weights lie, verified if they are an asset.
   *
   * @throws IOException if they are not here, with what to do
   */
  Path file() throws IOException {
    return Assets.standard().fileOrAsset(network);
  }

  /** The loss that this is for. */
  LossKind kind() {
    return kind(distance);
  }

  private static LossKind kind(FeatureDistance distance) {
    return distance instanceof TextureDistance ? LossKind.TEXTURE : LossKind.PERCEPTUAL;
  }
}
