package io.esrgan.data;

import io.esrgan.image.Picture;

/**
 * A picture of a test set and its smaller version.
 *
 * @param name its file's name
 * @param high cropped at the right and the bottom to a multiple of the scale
 * @param low {@code high}'s size divided by the scale
 */
public record TestPair(String name, Picture high, Picture low) {}
