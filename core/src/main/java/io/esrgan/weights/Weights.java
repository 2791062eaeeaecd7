package io.esrgan.weights;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads and writes weight files. What a file is, is told from its content, never from its name, and
 * nothing in it is ever executed.
 *
 * <p>A file is read into memory whole, and may have up to 2 GiB. Whatever it announces, reading it
 * takes at most 64 MB more, and once more its length where its weights do not lie in order. All
 * methods may be called from any thread.
 */
public final class Weights {
  private Weights() {}

  /**
   * All weights of a safetensors or {@code .pth} file, under the names that the file gives them.
   * Dictionaries around the weights, such as {@code params_ema}, are opened; of several, the
   * averaged weights are taken.
   *
   * @throws WeightsException if the file is missing, damaged, or no weight file
   */
  public static StateDict read(Path file) throws WeightsException {
    return WeightFile.Content.of(Source.read(file)).weights();
  }

  /**
   * The arrays of a NumPy {@code .npz} file, in the order of their places, without the {@code .npy}
   * behind their names. Arrays of objects, which are pickles, are refused.
   *
   * @throws WeightsException if the file is missing, damaged, or no such file
   */
  public static StateDict readNumpy(Path file) throws WeightsException {
    return Numpy.read(Source.read(file));
  }

  /**
   * Reads any weight file and tells what it is.
   *
   * @throws WeightsException if the file is missing, damaged, or no weight file
   */
  public static WeightFile open(Path file) throws WeightsException {
    return WeightFile.of(Source.read(file));
  }

  /**
   * Reads a generator in any layout and container, with all its measures.
   *
   * @throws WeightsException if the file is missing, damaged, or holds something else, which is
   *     then named; {@link WeightsException#tree()} says where its weights do not fit
   */
  public static GeneratorFile readGenerator(Path file) throws WeightsException {
    return readGenerator(Source.read(file));
  }

  /**
   * Reads a generator from a stream to its end, as {@link #readGenerator(Path)} does from a file.
   *
   * @param name what errors call it
   */
  public static GeneratorFile readGenerator(InputStream in, String name) throws WeightsException {
    return readGenerator(Source.read(in, name));
  }

  static GeneratorFile readGenerator(Source source) throws WeightsException {
    return new GeneratorReader(source, WeightFile.of(source)).read();
  }

  /**
   * Reads a discriminator in any layout and container, with all its measures. Where a U-Net's file
   * has no singular vectors for its spectral normalisation, they are computed.
   *
   * @throws WeightsException if the file is missing, damaged, or holds something else, which is
   *     then named; {@link WeightsException#tree()} says where its weights do not fit
   */
  public static DiscriminatorFile readDiscriminator(Path file) throws WeightsException {
    Source source = Source.read(file);
    return new DiscriminatorReader(source, WeightFile.of(source)).read();
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

  /**
   * The SHA-256 of a file, 64 hexadecimal digits, read piece by piece.
   *
   * @throws IOException if it cannot be read
   */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[1 << 16];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
