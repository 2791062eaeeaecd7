package io.esrgan.report;

/**
 * One column of a {@link Table}.
 *
 * @param name its short name, unique in the table
 * @param detail what its values mean, such as the protocol of a measurement; may be empty
 * @param decimals digits after the point when printed as text, or {@link #TEXT} for words
 * @param inText whether it is a column of the text form, too; one that is not is for programs, and
 *     people find it in the notes
 */
public record Column(String name, String detail, int decimals, boolean inText) {
  /** The {@code decimals} of a column of words, which is aligned to the left. */
  public static final int TEXT = -1;

  public Column {
    if (name.isEmpty() || decimals < TEXT) {
      throw new IllegalArgumentException(
          "a column needs a name and at least 0 decimals, not '%s' and %d"
              .formatted(name, decimals));
    }
  }

  /** A column of words. */
  public static Column text(String name) {
    return new Column(name, "", TEXT, true);
  }

  /** A column of numbers. */
  public static Column number(String name, String detail, int decimals) {
    return new Column(name, detail, decimals, true);
  }

  /** A column of words that is left out of the text form. */
  public static Column record(String name) {
    return new Column(name, "", TEXT, false);
  }
}
