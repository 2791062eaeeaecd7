package io.esrgan.asset;

import java.util.regex.Pattern;

/**
 * What is known of a file's SHA-256: all of it, its beginning, or nothing.
 *
 * <p>torchvision and BasicSR publish the first 8 digits only, in the file's name. That is proof
 * against damage and mistakes; a forger could meet 8 digits, not 64.
 *
 * @param digits hexadecimal, in lower case: 64, at least 8, or none
 */
public record Checksum(String digits) {
  private static final int WHOLE = 64;
  private static final Pattern DIGITS = Pattern.compile("(?:[0-9a-f]{8,64})?");

  /** Nothing is known. */
  public static final Checksum UNKNOWN = new Checksum("");

  public Checksum {
    if (!DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no SHA-256 or beginning of one: 8 to 64 digits 0-9a-f".formatted(digits));
    }
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return !digits.isEmpty();
  }

  /** Whether all digits are known. */
  public boolean isWhole() {
    return digits.length() == WHOLE;
  }

  /** Whether a file with this SHA-256 may be the one that is meant. */
  boolean accepts(String sha256) {
    return sha256.startsWith(digits);
  }

  /** To stand before "was expected". */
  @Override
  public String toString() {
    return isWhole() ? digits : isKnown() ? "one that begins with " + digits : "no certain one";
  }
}
