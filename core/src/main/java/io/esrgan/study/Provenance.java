package io.esrgan.study;

/**
 * Where the numbers of a result come from, as far as it does not stand in their measures.
 *
 * @param low how many times smaller the low-resolution pictures are, and where they came from: the
 *     resizer, or files
 * @param weights SHA-256 of the model's file, or what else names its weights; empty for none
 * @param program the version of this program
 */
public record Provenance(String low, String weights, String program) {
  /** This program. */
  static final String PROGRAM = "esrgan " + version();

  private static String version() {
    String packed = Provenance.class.getPackage().getImplementationVersion();
    return packed == null ? "(not packed)" : packed;
  }

  /** Of numbers that this program makes now. */
  static Provenance here(String low, String weights) {
    return new Provenance(low, weights, PROGRAM);
  }
}
