package io.esrgan.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of a recipe: how a choice is spelled, and which known word a misspelled one meant. */
final class Words {
  private Words() {}

  /** How a choice is written, in lower case. */
  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How the choices of a kind are written. */
  static List<String> of(Class<? extends Enum<?>> kind) {
    return Arrays.stream(kind.getEnumConstants()).map(Words::of).toList();
  }

  /** The known word that is nearest, if it is near enough to have been meant. */
  static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(candidate -> distance(word, candidate) <= (word.length() + 2) / 3);
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
