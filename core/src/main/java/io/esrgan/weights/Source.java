package io.esrgan.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A whole file in memory, and its name for messages. Everything that is read from it is checked
 * against its length, so what a file announces never decides what is allocated.
 */
final class Source {
  private final String name;
  private final ByteBuffer bytes;

  Source(String name, byte[] bytes) {
    this.name = name;
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  static Source read(Path file) throws WeightsException {
    String name = String.valueOf(file);
    if (Files.isDirectory(file)) {
      throw new WeightsException(name + ": is a folder; name the weight file inside it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      long length = Files.size(file);
      if (length > Limits.FILE) {
        throw new WeightsException(
            "%s: %d bytes is too large, the limit is 2 GiB; save the weights alone, without the"
                    .formatted(name, length)
                + " optimizer");
      }
      return new Source(name, in.readNBytes((int) length));
    } catch (WeightsException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new WeightsException(name + ": there is no such file; check the name");
    } catch (IOException e) {
      throw new WeightsException("%s: cannot be read: %s".formatted(name, e.getMessage()));
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
