package io.esrgan.upscale;

import io.esrgan.image.Picture;
import io.esrgan.image.RowReader;
import java.io.IOException;

/**
 * What must be known of a picture's alpha before it is enlarged.
 *
 * @param isFlat whether it has one value everywhere
 * @param value the first pixel's, 0 to 1
 * @param hides whether a pixel is fully transparent
 */
record Alpha(boolean isFlat, float value, boolean hides) {
  /** There is none. */
  static final Alpha NONE = new Alpha(true, 1, false);

  /** Whether colours are to be carried on into what is transparent. */
  boolean bleeds() {
    return hides && !isFlat;
  }

  /** Goes through the whole picture. */
  static Alpha of(RowReader picture, int rowsAtATime) throws IOException {
    boolean flat = true;
    boolean hides = false;
    int first = -1;
    int maximum = 1;
    try (RowReader reader = picture.again()) {
      for (int y = 0; y < picture.height(); y += rowsAtATime) {
        Picture rows = reader.next(rowsAtATime);
        int channels = rows.channels().count();
        int samples = rows.width() * rows.height() * channels;
        maximum = rows.maximum();
        first = first < 0 ? rows.sample(channels - 1) : first;
        for (int i = channels - 1; i < samples; i += channels) {
          int alpha = rows.sample(i);
          flat &= alpha == first;
          hides |= alpha == 0;
        }
      }
    }
    return new Alpha(flat, (float) first / maximum, hides);
  }
}
