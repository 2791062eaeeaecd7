package io.esrgan.upscale;

/** Told how far a picture is. */
@FunctionalInterface
public interface Progress {

  /**
   * A piece of the work is done.
   *
   * @param done pieces so far
   * @param total pieces in all; all are of about the same size
   */
  void done(int done, int total);
}
