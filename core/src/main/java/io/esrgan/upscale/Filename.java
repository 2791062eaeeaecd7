package io.esrgan.upscale;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file's name in two parts.
 *
 * @param stem what stands before the last dot, or all of it
 * @param ending what stands after the last dot, or nothing; a dot in front makes no ending
 */
record Filename(String stem, String ending) {
  static Filename of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0
        ? new Filename(name.substring(0, dot), name.substring(dot + 1))
        : new Filename(name, "");
  }

  String lowerCaseEnding() {
    return ending.toLowerCase(Locale.ROOT);
  }
}
