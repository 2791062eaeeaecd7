package io.esrgan.image;

/** Resolutions to print at. */
final class Resolution {
  static final double CENTIMETRES_PER_INCH = 2.54;

  private Resolution() {}

  /**
   * A resolution in dots per inch, freed of what was lost when it was stored in whole dots per
   * metre (72 as 71.9836); 0 for nonsense.
   */
  static double perInch(double value) {
    if (!(value >= 1 && value <= 100_000)) {
      return 0;
    }
    double whole = Math.rint(value);
    return Math.abs(value - whole) < 0.02 ? whole : value;
  }
}
