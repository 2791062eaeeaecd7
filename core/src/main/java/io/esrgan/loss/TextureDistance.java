package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * How far apart the textures of two pictures are, wherever in a patch they lie: the mean squared
 * difference of the Gram matrices of their patches.
 *
 * <p>Sajjadi et al. 2017, section 4.2.3, after Gatys et al. 2015. A patch's Gram matrix (c, c)
 * holds, for every two channels, the sum over its positions of their product, undivided, as the
 * paper defines it. The mean is over all entries of all patches, as in the other losses, so that a
 * weight keeps its meaning when crop or batch changes.
 *
 * @param patch side of a patch in positions of the feature map, 16 in the paper; rows and columns
 *     that fill no patch are left out, and a map smaller than a patch is one
 */
public record TextureDistance(int patch) implements FeatureDistance {

  /**
   * @throws IllegalArgumentException if the patch has no positions
   */
  public TextureDistance {
    if (patch < 1) {
      throw new IllegalArgumentException("a patch of side " + patch + " has no positions");
    }
  }

  @Override
  public Tensor of(Tensor output, Tensor target) {
    return grams(output).meanSquaredError(grams(target));
  }

  private Tensor grams(Tensor maps) {
    return maps.gramMatrices(side(maps, 2), side(maps, 3));
  }

  private int side(Tensor maps, int dimension) {
    return (int) Math.min(patch, maps.size(dimension));
  }
}
