package io.esrgan.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Where numbers lie along a line from 0 to 1, and which of them are written there. */
record Axis(double low, double high, boolean logarithmic) {
  private static final double ROOM = 0.04; // above and below the curves
  private static final int DIGITS = 4;
  private static final double SMALLEST = 1e-30; // ranges below would need steps that underflow

  Axis {
    if (!(high > low) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException("no axis goes from %s to %s".formatted(low, high));
    }
  }

  /** An axis on which the numbers from {@code low} to {@code high} have room. */
  static Axis around(double low, double high) {
    double range = high - low;
    double room =
        range < Math.max(SMALLEST, 1e-9 * Math.max(Math.abs(low), Math.abs(high)))
            ? low == 0 ? 1 : Math.max(Math.abs(low) * 0.1, SMALLEST)
            : range * ROOM;
    return new Axis(low - room, high + room, false);
  }

  /** The same, logarithmic; {@code low} is more than 0, and {@code high} more than that. */
  static Axis decades(double low, double high) {
    double room = Math.pow(high / low, ROOM);
    return new Axis(low / room, high * room, true);
  }

  /** 0 for the low end, 1 for the high one. */
  double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Round numbers to write along it: about {@code most}, never many more. */
  List<Double> ticks(int most) {
    return logarithmic ? logarithmicTicks(most) : linearTicks(most);
  }

  private List<Double> linearTicks(int most) {
    double step = round((high - low) / most);
    List<Double> ticks = new ArrayList<>();
    double first = Math.ceil(low / step);
    for (int i = 0; i <= most && (first + i) * step <= high; i++) {
      ticks.add((first + i) * step + 0.0); // no negative zero
    }
    return ticks;
  }

  /** The next of 1, 2, 5 times a power of ten. */
  private static double round(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private List<Double> logarithmicTicks(int most) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int every = Math.max(1, (last - first + most - 1) / most);
    int[] factors = last - first <= most / 2 ? new int[] {1, 2, 5} : new int[] {1};
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += every) {
      for (int factor : factors) {
        double tick = factor * Math.pow(10, power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A number to write along it, with as many digits as tell it from its neighbours. */
  String label(double tick) {
    double largest = Math.max(Math.abs(low), Math.abs(high));
    int needed = logarithmic ? DIGITS : 2 + (int) Math.floor(Math.log10(largest / (high - low)));
    return written(tick, Math.max(DIGITS, needed));
  }

  /** A number as people write it: four digits, no exponent where it can be helped. */
  static String written(double value) {
    return written(value, DIGITS);
  }

  private static String written(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    double size = Math.abs(value);
    String text = size < 1e-3 || size >= 1e6 ? exponent(rounded) : rounded.toPlainString();
    return text.replace('-', '−');
  }

  private static String exponent(BigDecimal value) {
    int power = value.precision() - value.scale() - 1;
    return value.movePointLeft(power).stripTrailingZeros().toPlainString() + "e" + power;
  }

  /** A step as people write it: 150k, 2M. */
  static String step(double step) {
    return step >= 1e6
        ? written(step / 1e6) + "M"
        : step >= 1e3 ? written(step / 1e3) + "k" : written(step);
  }
}
