package io.esrgan.weights;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads and writes weight files. What a file is, is told from its content, never from its name, and
 * nothing in it is ever executed.
 *
 * <p>A file is read into memory whole, so it may be up to 2 GiB; whatever it announces, reading it
 * takes at most 64 MB more than its own size. All methods may be called from any thread.
 */
public final class Weights {
  private Weights() {}

  /**
   * All weights of a safetensors file, under the names that the file gives them.
   *
   * @throws WeightsException if the file is missing, damaged, or no weight file
   */
  public static StateDict read(Path file) throws WeightsException {
    return Safetensors.read(Source.read(file));
  }

  /**
   * Writes a safetensors file, whole or not at all, replacing one that is there. Equal weights in
   * equal order give equal bytes.
   *
   * @throws IOException if it cannot be written; what was there is then still there
   */
  public static void write(Path file, StateDict weights) throws IOException {
    WholeFile.replace(file, out -> Safetensors.write(weights, out));
  }

  /**
   * Writes a safetensors file as {@link #write} does, but never over one that is there.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   * @throws IOException if it cannot be written
   */
  public static void create(Path file, StateDict weights) throws IOException {
    WholeFile.create(file, out -> Safetensors.write(weights, out));
  }
}
