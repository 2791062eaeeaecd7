package io.esrgan.weights;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts names from a file into a message: in quotes, on one line, and never longer than a line. */
final class Quote {
  private static final int LONGEST = 80;
  private static final int MOST = 4;
  private static final Set<Integer> UNPRINTABLE =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.SURROGATE); // half of a character

  private Quote() {}

  /** One name in quotes, cut where it is too long. */
  static String of(String name) {
    return '"' + plain(name) + '"';
  }

  /** The same without the quotes. */
  static String plain(String name) {
    return name.length() <= LONGEST ? printable(name) : printable(name.substring(0, LONGEST)) + "…";
  }

  /** The text on one line, each character that cannot be printed as its number. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (UNPRINTABLE.contains(Character.getType(c))) {
                line.append("\\u%04x".formatted(c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  /** The first few names, and how many more there are. */
  static String some(Collection<?> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first =
        names.stream()
            .limit(MOST)
            .map(name -> of(String.valueOf(name)))
            .collect(Collectors.joining(", "));
    return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
  }
}
