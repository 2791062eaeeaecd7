package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures are compressed in blocks, by as many processors as there are. */
class DeflationTest {
  @TempDir Path folder;

  /** As many as the sample has, and many more; zlib's own reader checks the sum. */
  @Property(tries = 30)
  void bytesComeBack(
      @ForAll @IntRange(max = 40_000) int count,
      @ForAll @IntRange(min = 1, max = 256) int values,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.nextInt(values);
    }
    assertThat(inflated(Deflation.whole(bytes))).isEqualTo(bytes);
  }

  private static byte[] inflated(byte[] packed) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @Test
  void whatRepeatsItselfIsFoundAndWhatDoesNotTakesNoMoreThanItself() {
    byte[] pattern = new byte[200_000];
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = noise[i % 500];
    }
    assertThat(Deflation.whole(pattern)).hasSizeLessThan(4_000);
    assertThat(Deflation.whole(noise)).hasSizeLessThan(200_200);
  }

  @Test
  void aPngHasTheSameBytesHoweverItsRowsCome() throws IOException {
    for (int bits : new int[] {8, 16}) {
      Picture picture = TestPictures.noisy(611, 700, Channels.RGB_ALPHA, bits);
      Path whole = folder.resolve("whole%d.png".formatted(bits));
      Images.write(picture, whole, false);
      TestPictures.assertSame(Images.read(whole), picture);
      Path pieces = folder.resolve("pieces%d.png".formatted(bits));
      Random random = new Random(bits);
      try (RowWriter writer =
          Images.createRows(
              pieces, 611, 700, Channels.RGB_ALPHA, bits, picture.metadata(), false)) {
        for (int y = 0; y < 700; ) {
          int rows = Math.min(700 - y, 1 + random.nextInt(90));
          writer.write(picture.crop(0, y, 611, rows));
          y += rows;
        }
        writer.commit();
      }
      assertThat(pieces).hasSameBinaryContentAs(whole);
      // The data are one stream of zlib's, with a sum at its end that all blocks have a part in.
      assertThat(inflated(data(Files.readAllBytes(whole)))).hasSize(700 * (1 + 611 * 4 * bits / 8));
    }
  }

  /** What the IDAT chunks hold together. */
  private static byte[] data(byte[] png) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer file = ByteBuffer.wrap(png).position(8);
    while (file.hasRemaining()) {
      int length = file.getInt();
      boolean isData = file.getInt() == 0x49444154;
      if (isData) {
        all.write(png, file.position(), length);
      }
      file.position(file.position() + length + Integer.BYTES);
    }
    return all.toByteArray();
  }

  @Test
  void flatPicturesStaySmall() throws IOException {
    byte[] samples = new byte[1000 * 1000 * 3];
    Arrays.fill(samples, (byte) 77);
    Picture flat = Picture.of8Bit(1000, 1000, Channels.RGB, samples, Metadata.NONE);
    for (String name : new String[] {"flat.png", "flat.tif"}) {
      Path file = folder.resolve(name);
      Images.write(flat, file, false);
      assertThat(Files.size(file)).isLessThan(40_000);
      TestPictures.assertSame(Images.read(file), flat);
    }
  }
}
