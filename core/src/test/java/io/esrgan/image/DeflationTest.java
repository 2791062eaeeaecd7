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
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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

  /** Parts, each up to a whole byte, make one stream. */
  @Property(tries = 20)
  void partsFollowOneAnother(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 200_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 256) int values)
      throws IOException {
    Random random = new Random(values);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < lengths.size(); i++) {
      byte[] bytes = new byte[lengths.get(i)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) random.nextInt(values);
      }
      all.write(bytes);
      stream.write(Deflation.part(bytes, i == lengths.size() - 1));
    }
    assertThat(
            new InflaterInputStream(
                    new ByteArrayInputStream(stream.toByteArray()), new Inflater(true))
                .readAllBytes())
        .isEqualTo(all.toByteArray());
  }

  /** As photographs leave them: small, either way, and never the same twice for long. */
  @Test
  void whatIsSmallButNeverTheSameTakesLessWithoutASearch() {
    Random random = new Random(4);
    byte[] differences = new byte[200_000];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = (byte) Math.round(3 * random.nextGaussian());
    }
    Deflater searching = new Deflater(4);
    searching.setStrategy(Deflater.FILTERED);
    searching.setInput(differences);
    searching.finish();
    byte[] room = new byte[differences.length];
    int length = 0;
    while (!searching.finished()) {
      length += searching.deflate(room);
    }
    searching.end();
    assertThat(Deflation.whole(differences).length).isLessThan(length);
  }

  /** A row of more bytes than a block. */
  @Test
  void veryWideRowsComeBack() throws IOException {
    Picture wide = TestPictures.noisy(70_000, 5, Channels.RGB, 8);
    for (String name : List.of("wide.png", "wide.tif")) {
      Path file = folder.resolve(name);
      Images.write(wide, file, false);
      TestPictures.assertSame(Images.read(file), wide);
    }
  }

  @Test
  void soManyAtOnceThatAllProcessorsAreBusyButNotTheMemory() {
    assertThat(Deflation.atOnce(1 << 16))
        .isGreaterThanOrEqualTo(Math.min(512, Runtime.getRuntime().availableProcessors()));
    assertThat(Deflation.atOnce(20 << 20)).isEqualTo(1);
    assertThat(Deflation.atOnce(Integer.MAX_VALUE)).isEqualTo(1);
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
