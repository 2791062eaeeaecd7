package io.esrgan.report;

/**
 * One column of a {@link Table}.
 *
 * @param name its short name, unique in the table
 * @param detail what its values mean, such as the protocol of a measurement; may be empty
 * @param decimals digits after the point when printed as text, or {@link #TEXT} for words
 * @param better which of its numbers are the better ones
 * @param inText whether it is a column of the text form, too; one that is not is for programs, and
 *     people find it in the notes
 */
public record Column(String name, String detail, int decimals, Better better, boolean inText) {
  /** The {@code decimals} of a column of words, which is aligned to the left. */
  public static final int TEXT = -1;

  /** Which of a column's numbers are the better ones. */
  public enum Better {
    HIGHER,
    LOWER,
    /** Neither, or nobody says. */
    NEITHER
  }

  public Column {
    if (name.isEmpty() || decimals < TEXT) {
      throw new IllegalArgumentException(
          "a column needs a name and at least 0 decimals, not '%s' and %d"
              .formatted(name, decimals));
    }
  }

  /** A column of words. */
  public static Column text(String name) {
    return new Column(name, "", TEXT, Better.NEITHER, true);
  }

  /** A column of numbers. */
  public static Column number(String name, String detail, int decimals) {
    return ranked(name, detail, decimals, Better.NEITHER);
  }

  /** A column of numbers that tell which row is better. */
  public static Column ranked(String name, String detail, int decimals, Better better) {
    return new Column(name, detail, decimals, better, true);
  }

  /** A column of words that is left out of the text form. */
  public static Column record(String name) {
    return new Column(name, "", TEXT, Better.NEITHER, false);
  }
}
