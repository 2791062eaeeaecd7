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
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.FORMAT,
          (int) Character.SURROGATE);

  private Quote() {}

  /** One name; what cannot be printed becomes its number, what is too long is cut. */
  static String of(String name) {
    return '"' + plain(name) + '"';
  }

  /** The same without the quotes. */
  static String plain(String name) {
    StringBuilder text = new StringBuilder();
    int end = Math.min(name.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c) || UNPRINTABLE.contains(Character.getType(c))) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append(name.length() > LONGEST ? "…" : "").toString();
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
