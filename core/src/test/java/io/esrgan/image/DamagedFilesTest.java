package io.esrgan.image;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is done to a file, reading it gives a picture or a {@link PictureException}. */
class DamagedFilesTest {
  private static final int FILES = 4000;
  private static final Limits SMALL = new Limits(1 << 20, 1 << 20);

  @Test
  @Timeout(value = 10, unit = MINUTES)
  void onlyPictureExceptionsEscape() throws IOException {
    List<Path> originals = originals();
    long seed = System.nanoTime();
    for (int i = 0; i < FILES; i++) {
      Random random = new Random(seed + i);
      Path original = originals.get(random.nextInt(originals.size()));
      byte[] bytes = damaged(Files.readAllBytes(original), random);
      try {
        Images.read(new ByteArrayInputStream(bytes), "damaged", SMALL);
      } catch (PictureException e) {
        // One line for the user is what this is about.
      } catch (Throwable e) {
        throw new AssertionError("%s, seed %d".formatted(original, seed + i), e);
      }
    }
  }

  private static List<Path> originals() throws IOException {
    try (Stream<Path> files = Files.list(ReadingTest.file("rgb8.png").getParent())) {
      return files.filter(Images::isPicture).sorted().toList();
    }
  }

  /**
   * Bytes changed, mostly near the start, where the structure is; or a piece cut out or repeated.
   */
  private static byte[] damaged(byte[] bytes, Random random) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      int range = random.nextBoolean() ? Math.min(300, bytes.length) : bytes.length;
      int at = random.nextInt(range);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (random.nextInt(3) - 1);
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + at);
        System.arraycopy(bytes, 0, longer, bytes.length, at);
        yield longer;
      }
      case 2 -> Arrays.copyOfRange(bytes, Math.min(at, 3), bytes.length);
      default -> bytes;
    };
  }
}
