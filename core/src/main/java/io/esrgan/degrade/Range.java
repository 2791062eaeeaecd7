package io.esrgan.degrade;

import io.esrgan.random.Dice;

/** From a number to another, each between them equally likely. */
public record Range(double from, double to) {
  public Range {
    if (!(from <= to)) {
      throw new IllegalArgumentException("[%s, %s] is no range".formatted(from, to));
    }
  }

  double draw(Dice dice) {
    return dice.between(from, to);
  }
}
