package io.esrgan.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A whole file in memory, and its name for messages. Everything that is read from it is checked
 * against its length, so what a file announces never decides what is allocated.
 */
final class Source {
  private final String name;
  private final ByteBuffer bytes;
  private final Optional<Path> file;

  Source(String name, byte[] bytes) {
    this(name, bytes, Optional.empty());
  }

  private Source(String name, byte[] bytes, Optional<Path> file) {
    this.name = name;
    this.file = file;
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  static Source read(Path file) throws WeightsException {
    Source empty = new Source(String.valueOf(file), new byte[0]);
    if (Files.isDirectory(file)) {
      throw empty.fail("is a folder; name the weight file inside it");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw empty.fail("is a device or a pipe; name a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = empty.allocate(Files.size(file));
      int length = in.readNBytes(bytes, 0, bytes.length);
      if (length < bytes.length) {
        throw empty.fail("became shorter while it was read; wait until it is written");
      }
      return new Source(empty.name, bytes, Optional.of(file));
    } catch (WeightsException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw empty.fail("there is no such file; check the name");
    } catch (AccessDeniedException e) {
      throw empty.fail("may not be read; check its permissions");
    } catch (IOException e) {
      throw empty.fail("cannot be read: %s".formatted(e.getMessage()));
    }
  }

  private byte[] allocate(long length) throws WeightsException {
    if (length > Limits.FILE) {
      throw fail(
          "%d bytes is too large, the limit is 2 GiB; save the weights alone, without the optimizer"
              .formatted(length));
    }
    try {
      return new byte[(int) length];
    } catch (OutOfMemoryError e) {
      throw fail(
          "%d MB are more than Java has left; give it more, as with -Xmx%dm"
              .formatted(length >> 20, (length >> 19) + 512));
    }
  }

  static Source read(InputStream in, String name) throws WeightsException {
    try {
      return new Source(name, in.readAllBytes());
    } catch (IOException e) {
      throw new WeightsException("%s: cannot be read: %s".formatted(name, e.getMessage()));
    }
  }

  String name() {
    return name;
  }

  int length() {
    return bytes.limit();
  }

  /** The file of the same name but for its ending, if this is a file of that ending. */
  Optional<Source> beside(String ending, String other) throws WeightsException {
    if (file.isEmpty() || !name.endsWith(ending)) {
      return Optional.empty();
    }
    String stem = name.substring(0, name.length() - ending.length());
    Path beside = file.get().resolveSibling(Path.of(stem + other).getFileName());
    return Files.isRegularFile(beside) ? Optional.of(read(beside)) : Optional.empty();
  }

  /** The SHA-256 of the file, 64 hexadecimal digits. */
  String sha256() {
    MessageDigest digest = Weights.newSha256();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A little-endian window from {@code offset}, which must lie inside the file. */
  ByteBuffer window(long offset, long length) throws WeightsException {
    if (offset < 0 || length < 0 || offset > length() - length) {
      throw fail(
          ("it announces %d bytes at %d, but is only %d long; it is damaged or cut off, so fetch it"
                  + " again")
              .formatted(length, offset, length()));
    }
    return bytes.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An error about this file. */
  WeightsException fail(String message) {
    return new WeightsException(name + ": " + message);
  }
}
