package io.esrgan.weights;

/**
 * How much a weight file may ask for, in one place. Nothing in a file is executed; what is left to
 * a hostile one is to waste memory and time, and these numbers, far above what real files need,
 * bound both. Beside the file itself, reading takes at most 64 MB, and once more the length of the
 * file where its weights have to be rearranged.
 */
final class Limits {
  /** Bytes of a file: just under 2 GiB, the longest array that Java has. */
  static final long FILE = Integer.MAX_VALUE - 8;

  /** Weights in a file; the generator of the paper has 702. */
  static final int WEIGHTS = 20_000;

  /** Characters of a weight's name. */
  static final int NAME = 512;

  /** Axes of a weight. */
  static final int AXES = 32;

  /** Bytes of a safetensors header. */
  static final int HEADER = 8 << 20;

  /** Bytes that the objects of a pickle may take in memory, reckoned generously. */
  static final long PICKLE = 32 << 20;

  /** Bytes, beyond the length of the file, that views which are no plain windows are spread to. */
  static final long SPREAD = 8 << 20;

  /** Bytes that the compressed files of an archive may take together when they are unpacked. */
  static final long UNPACKED = 8 << 20;

  /** Bytes of the header of a NumPy array. */
  static final int NUMPY_HEADER = 10_000;

  /** Dictionaries and lists inside one another that are searched for weights. */
  static final int DEPTH = 8;

  /** Entries of dictionaries and lists that are searched for weights. */
  static final int VISITS = 100_000;

  private Limits() {}
}
