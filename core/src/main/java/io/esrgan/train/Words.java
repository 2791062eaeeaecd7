package io.esrgan.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of a recipe: how a choice is spelled. */
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
}
