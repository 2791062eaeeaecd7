package io.esrgan.asset;

/** Hears how far a fetch is; called by the thread that fetches, some times a megabyte. */
@FunctionalInterface
public interface Progress {
  /** Nobody who listens. */
  Progress NONE = (done, total) -> {};

  /**
   * So much is there.
   *
   * @param done bytes, those of an earlier attempt among them
   * @param total bytes of the whole file, or 0 if that is not known
   */
  void at(long done, long total);
}
