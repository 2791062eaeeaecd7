package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {
  private static final String AGAIN = "; the zip archive is damaged, so fetch it again";

  @Test
  void storedFilesAreReadInTheOrderOfTheirPlaces() throws IOException {
    ZipArchive zip = new ZipArchive(new Source("x", zip("b", "two", "a", "one")));
    assertThat(zip.names()).containsExactly("b", "a");
    assertThat(UTF_8.decode(zip.get("a")).toString()).isEqualTo("one");
    assertThatThrownBy(() -> zip.get("c"))
        .hasMessage("x: the file \"c\" is missing inside it; it is damaged, so fetch it again");
  }

  @Test
  void aCommentAtTheEndIsNoTrouble() throws IOException {
    byte[] zip = zip("a", "one");
    byte[] longer = Arrays.copyOf(zip, zip.length + 300);
    longer[zip.length - 2] = (byte) 300;
    longer[zip.length - 1] = (byte) (300 >> 8);
    assertThat(new ZipArchive(new Source("x", longer)).contains("a")).isTrue();
  }

  @Test
  void aFileThatIsCutOffSaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(TorchFiles.file("views.zip.pth"));
    for (int length : new int[] {4, 30, 1000, whole.length - 1}) {
      refused(
          Arrays.copyOf(whole, length),
          "the end of the zip archive is missing; it is cut off, so fetch it again");
    }
  }

  @Test
  void aCompressedFileIsNeverUnpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x/data.pkl"));
      zip.write(new byte[10_000_000]);
      zip.closeEntry();
    }
    refused(
        out.toByteArray(),
        "\"x/data.pkl\" inside it is compressed or encrypted, which torch.save never does; load and"
            + " save it again in PyTorch");
  }

  @Test
  void oneWrongBitIsFound() throws IOException {
    byte[] zip = zip("x/data.pkl", "some pickle");
    int at = indexOf(zip, "some pickle");
    zip[at] ^= 4;
    refused(
        zip, "the checksum of \"x/data.pkl\" inside it is wrong; it is damaged, so fetch it again");
  }

  @Test
  void aDirectoryThatLiesIsRefused() throws IOException {
    byte[] zip = zip("x/a", "one", "x/b", "two");
    int directory = indexOf(zip, "PK\001\002");
    int end = indexOf(zip, "PK\005\006");

    refused(with(zip, end + 10, 9), "its directory announces 9 files but has 2" + AGAIN);
    refused(
        with(zip, end + 17, 0x7f),
        "it announces 98 bytes at %d, but is only %d long; it is damaged or cut off, so fetch it"
                .formatted(directory + (0x7f - (directory >> 8)) * 256, zip.length)
            + " again");
    refused(with(zip, directory + 42, 5), "\"x/a\" is not where its directory says" + AGAIN);
    refused(with(zip, directory + 46, 'y'), "\"y/a\" is not where its directory says" + AGAIN);
    refused(
        with(with(zip, directory + 24, 4), directory + 20, 4),
        "the file \"x/b\" inside it overlaps the one before it");
    refused(with(zip, directory + 24, 2), "\"x/a\" has 2 bytes, and 3 as stored" + AGAIN);
    int second = directory + 49;
    refused(with(zip, second + 42, 0), "the file \"x/b\" inside it overlaps the one before it");
    refused(
        with(with(zip, second + 24, 99), second + 20, 99),
        "\"x/b\" reaches into the directory" + AGAIN);
    refused(
        with(with(zip, second + 48, 'a'), indexOf(zip, "x/b"), 'x', '/', 'a'),
        "two files are named \"x/a\"" + AGAIN);
    refused(with(zip, directory + 30, 0xff), "an entry reaches beyond its directory" + AGAIN);
    refused(with(zip, directory + 29, 0x08), "a name of 2051 bytes is in its directory" + AGAIN);
  }

  @Test
  void anotherArchiveIsNotTakenForWeights() throws IOException {
    refused(
        zip("word/document.xml", "<a/>"),
        "is a zip archive with 0 files named data.pkl, so torch.save did not write it; name a .pth"
            + " or .safetensors file");
    refused(
        zip("a/data.pkl", "", "b/data.pkl", ""),
        "is a zip archive with 2 files named data.pkl, so torch.save did not write it; name a .pth"
            + " or .safetensors file");
  }

  @Test
  void bigEndianNumbersAreRefused() throws IOException {
    refused(
        zip("x/data.pkl", "", "x/byteorder", "big"),
        "its byte order is \"big\", only little is read; save it again on a little-endian machine");
  }

  @Test
  void namesThatClimbOutOfFoldersAreJustNames() throws IOException {
    byte[] zip = zip("../../etc/passwd", "x", "x/data.pkl", "");
    refused(
        zip,
        "its pickle holds 1 bytes announced where 0 are left; it is damaged or cut off, so"
            + " fetch it again (at byte 0)");
  }

  private static void refused(byte[] file, String message) {
    assertThatThrownBy(() -> WeightFile.of(new Source("x", file)))
        .isInstanceOf(WeightsException.class)
        .hasMessage("x: " + message);
  }

  /** A zip archive of names and texts in turn, stored. */
  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] text = namesAndTexts[i + 1].getBytes(UTF_8);
        CRC32 crc = new CRC32();
        crc.update(text);
        ZipEntry entry = new ZipEntry(namesAndTexts[i]);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(text.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(text);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] with(byte[] file, int at, int... values) {
    byte[] changed = file.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  private static int indexOf(byte[] file, String text) {
    ByteBuffer wanted = ByteBuffer.wrap(text.getBytes(UTF_8)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i <= file.length - wanted.limit(); i++) {
      if (ByteBuffer.wrap(file, i, wanted.limit()).slice().equals(wanted)) {
        return i;
      }
    }
    throw new AssertionError("no " + text);
  }
}
