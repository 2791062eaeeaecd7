package io.esrgan.report;

import io.esrgan.image.Picture;
import java.util.Locale;

/**
 * What a network made of a small picture, beside what it should have made.
 *
 * @param name its own among the samples of a run, such as the file's name; an ending {@code .png}
 *     is taken off, and what not every file system takes in a name becomes an underscore
 * @param low the small picture
 * @param made a whole number of times as wide and as high
 * @param original as large as {@code made}
 */
public record SamplePicture(String name, Picture low, Picture made, Picture original) {
  private static final String PNG = ".png";

  public SamplePicture {
    if (name.toLowerCase(Locale.ROOT).endsWith(PNG)) {
      name = name.substring(0, name.length() - PNG.length());
    }
    name = name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]|^[.]|^$", "_");
    int scale = made.width() / low.width();
    boolean fits =
        scale > 0 && made.width() == scale * low.width() && made.height() == scale * low.height();
    if (!fits || made.width() != original.width() || made.height() != original.height()) {
      throw new IllegalArgumentException(
          "sample %s: %s was made of %s, beside an original of %s"
              .formatted(name, made, low, original));
    }
  }

  int scale() {
    return made.width() / low.width();
  }
}
