package io.esrgan.asset;

/** What is in the folder of an asset. */
public enum AssetState {
  /** Nothing. */
  ABSENT,
  /** The beginning, from a fetch that was broken off. */
  STARTED,
  /** A file whose SHA-256 was not compared since it was put there or changed. */
  UNCHECKED,
  /** The file that was added, of which no SHA-256 is known. */
  UNVERIFIED,
  /** The file, with the SHA-256 that is known of it. */
  VERIFIED;

  /** Whether there is a whole file, right or wrong. */
  public boolean isThere() {
    return this != ABSENT && this != STARTED;
  }
}
