package io.esrgan.study;

import io.esrgan.data.TestPair;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import java.util.Optional;

/**
 * Finds the square of a picture that has most texture, which is where methods differ most to the
 * eye: the largest sum of differences between neighbouring pixels, each counted up to a limit, so
 * that fine texture counts for more than a few hard edges.
 */
final class TexturedSquare {
  private static final int MOST = 32; // of 255, that one difference counts for

  private TexturedSquare() {}

  /**
   * What a figure shows of a picture: what is wanted, or the square of {@code side} pixels.
   *
   * @throws IllegalArgumentException if what is wanted does not lie in the picture
   */
  static Region shown(Optional<Region> wanted, TestPair pair, int side) {
    Picture high = pair.high();
    Region shown = wanted.orElseGet(() -> of(high, side));
    if (!shown.liesIn(high)) {
      throw new IllegalArgumentException(
          "%dx%d pixels at %d,%d do not lie in %s, which has %dx%d"
              .formatted(
                  shown.width(),
                  shown.height(),
                  shown.x(),
                  shown.y(),
                  pair.name(),
                  high.width(),
                  high.height()));
    }
    return shown;
  }

  /** The square of {@code side} pixels, or of the picture's shorter side where that is less. */
  static Region of(Picture picture, int side) {
    int shorter = Math.min(side, Math.min(picture.width(), picture.height()));
    Picture eight = picture.to8Bits();
    int stride = eight.width() + 1;
    long[] sums = new long[stride * (eight.height() + 1)]; // of all that is above and to the left
    for (int y = 0; y < eight.height(); y++) {
      long row = 0;
      for (int x = 0; x < eight.width(); x++) {
        row += texture(eight, x, y);
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
      }
    }
    Region best = new Region(0, 0, shorter, shorter);
    long most = -1;
    for (int y = 0; y + shorter <= eight.height(); y++) {
      for (int x = 0; x + shorter <= eight.width(); x++) {
        int top = y * stride + x;
        int bottom = top + shorter * stride;
        long sum = sums[bottom + shorter] - sums[bottom] - sums[top + shorter] + sums[top];
        if (sum > most) {
          most = sum;
          best = new Region(x, y, shorter, shorter);
        }
      }
    }
    return best;
  }

  private static int texture(Picture picture, int x, int y) {
    int right = Math.min(x + 1, picture.width() - 1);
    int below = Math.min(y + 1, picture.height() - 1);
    int sum = 0;
    for (int c = 0; c < picture.channels().colours(); c++) {
      int here = picture.sample(x, y, c);
      sum += Math.min(MOST, Math.abs(picture.sample(right, y, c) - here));
      sum += Math.min(MOST, Math.abs(picture.sample(x, below, c) - here));
    }
    return sum;
  }
}
