package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esrgan.image.Picture.Channels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is said in one line: which file, what is wrong, what to do. */
class UnreadableTest {
  @TempDir Path folder;

  private void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(() -> Images.read(file))
        .isInstanceOf(PictureException.class)
        .hasMessage("cannot read " + file + ": " + reason);
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.png"));
    assertUnreadable(file, "the file is empty; copy or download it again");
  }

  @Test
  void aTextFileThatIsCalledPng() throws IOException {
    Path file = Files.writeString(folder.resolve("text.png"), "<html>404</html>");
    assertUnreadable(
        file,
        "its content is no PNG, JPEG, TIFF, BMP, WebP or GIF, whatever its name says; save it as"
            + " one of these");
  }

  @Test
  void aMissingFile() {
    assertUnreadable(folder.resolve("none.png"), "there is no such file; check the name");
  }

  @Test
  void aFolder() {
    assertUnreadable(folder, "it is a folder or no regular file; name a picture in it");
  }

  @Test
  void aFileWithoutPermission() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.png"), "x");
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "root may read everything");
    assertUnreadable(file, "there is no permission to read it; change the file's permissions");
  }

  @Test
  void aPhoneFormat() throws IOException {
    Path file = folder.resolve("photo.jpg");
    Files.writeString(file, "\0\0\0\u0018ftypheic\0\0\0\0", StandardCharsets.ISO_8859_1);
    assertUnreadable(
        file, "HEIC, AVIF or video is not supported; save it as a plain PNG, JPEG or TIFF");
  }

  @Test
  void aPngThatClaimsAnEnormousPicture() throws IOException {
    Path file = folder.resolve("bomb.png");
    Files.write(file, pngClaiming(60_000, 60_000));
    assertUnreadable(
        file,
        "the picture has 60,000 x 60,000 = 3,600,000,000 pixels, the limit is 268,435,456; raise it"
            + " with -Desrgan.limit.pixels=3600000000 or Limits");
    assertThat(Images.probe(file)).isEqualTo(new Header(Format.PNG, 60_000, 60_000));
  }

  @Test
  void aSmallPngThatClaimsAPictureWithinTheLimit() throws IOException {
    Path file = folder.resolve("bomb.png");
    Files.write(file, pngClaiming(16_000, 16_000));
    assertUnreadable(
        file,
        "the file is damaged (it claims more pixels than it can hold); copy or download it again");
  }

  @Test
  void aFileBeyondTheLimitOfBytes() throws IOException {
    Path file = ReadingTest.file("notes.png");
    long bytes = Files.size(file);
    assertThatThrownBy(() -> Images.read(file, new Limits(1000, 100)))
        .hasMessage(
            "cannot read %s: the file has %,d bytes, the limit is 100; raise it with"
                + " -Desrgan.limit.bytes=%d or Limits",
            file, bytes, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "rgb8.png", "rgb16-interlaced.png"})
  void aFileCutAnywhere(String name) throws IOException {
    byte[] whole = Files.readAllBytes(ReadingTest.file(name));
    Path file = folder.resolve(name);
    for (int length = 16; length < whole.length - 1; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertUnreadable(file, "the file is cut off before its end; copy or download it again");
    }
  }

  @Test
  void aPngWhosePixelsWereChanged() throws IOException {
    byte[] bytes = Files.readAllBytes(ReadingTest.file("rgb8.png"));
    bytes[bytes.length / 2] ^= 1;
    Path file = Files.write(folder.resolve("changed.png"), bytes);
    assertThat(catchThrowable(() -> Images.read(file)))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("the file is damaged (");
  }

  @Test
  void everyMessageIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("two\nlines.png"), "x");
    assertThat(catchThrowable(() -> Images.read(file)).getMessage()).doesNotContain("\n");
    Picture picture = TestPictures.noisy(2, 2, Channels.RGB_ALPHA, 8);
    Path other = folder.resolve("two\nlines.jpg");
    assertThat(catchThrowable(() -> Images.write(picture, other, true)).getMessage())
        .doesNotContain("\n");
  }

  private static byte[] pngClaiming(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {8, 2, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    chunk(out, "IDAT", new byte[100]);
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }
}
