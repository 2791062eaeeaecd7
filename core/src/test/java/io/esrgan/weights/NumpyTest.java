package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyTest {
  private static final String AGAIN = "; it is damaged, so fetch it again";
  private static final String HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }";

  @ParameterizedTest
  @ValueSource(strings = {"arrays.npz", "deflated.npz"})
  void everyTypeAndOrderHasItsNumbers(String file) throws IOException {
    StateDict arrays = Weights.readNumpy(TorchFiles.file(file));
    assertThat(arrays.size()).isEqualTo(20);
    check(arrays, "row", Dtype.F64, 7);
    check(arrays, "scalar", Dtype.F64);
    check(arrays, "empty", Dtype.F64, 0, 3);
    check(arrays, "fortran", Dtype.F64, 4, 3, 2);
    check(arrays, "fortran-big", Dtype.I32, 3, 4);
    for (String kind : new String[] {"f8", "f4", "f2", "i8", "i4", "i2"}) {
      check(arrays, kind, dtype(kind), 3, 5);
      check(arrays, kind + "-big", dtype(kind), 3, 5);
    }
    for (String kind : new String[] {"i1", "u1", "b1"}) {
      check(arrays, kind, dtype(kind), 3, 5);
    }
  }

  private static Dtype dtype(String kind) {
    int bits = 8 * (kind.charAt(1) - '0');
    return kind.equals("b1")
        ? Dtype.BOOL
        : Dtype.valueOf(kind.substring(0, 1).toUpperCase(Locale.ROOT) + bits);
  }

  private static void check(StateDict arrays, String name, Dtype dtype, long... shape) {
    Weight array = arrays.get(name);
    assertThat(array.dtype()).as(name).isEqualTo(dtype);
    assertThat(array.shape()).as(name).containsExactly(shape);
    for (int i = 0; i < array.size(); i++) {
      double expected = TorchFiles.number(name, i);
      expected = dtype == Dtype.BOOL ? expected % 2 : dtype.bytes() <= 2 ? expected % 64 : expected;
      double actual = dtype.floating() ? array.doubles()[i] : array.longs()[i];
      assertThat(actual).as("%s, number %d", name, i).isEqualTo(expected);
    }
  }

  @Test
  void allThreeVersionsAreRead() throws IOException {
    StateDict arrays = Weights.readNumpy(TorchFiles.file("versions.npz"));
    assertThat(arrays.names()).containsExactly("version1", "version2", "version3");
    for (String name : arrays.names()) {
      check(arrays, name, Dtype.F64, 2, 3);
    }
  }

  @Test
  void pickledObjectsAreRefused() {
    assertThatThrownBy(() -> Weights.readNumpy(TorchFiles.file("objects.npz")))
        .isInstanceOf(WeightsException.class)
        .hasMessageEndingWith(
            "the array \"objects\" has numbers of the kind \"|O\", which are not read; save it as"
                + " float64");
  }

  @Test
  void whatIsNoNumpyArchiveIsRefused() throws IOException {
    refused(
        "\u0093NUMPY".getBytes(ISO_8859_1),
        "is no NumPy archive; name a file that numpy.savez wrote (.npz)");
    refused(
        zip("x/data.pkl", new byte[3]),
        "\"x/data.pkl\" inside it is no array, so NumPy did not write it; name a file that"
            + " numpy.savez wrote");
    refused(zip("a.npy", new byte[3]), "the array \"a\" does not begin as one" + AGAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "{'descr': '<c16', 'fortran_order': False, 'shape': (3,), }! numbers of the kind",
        "{'descr': '', 'fortran_order': False, 'shape': (3,), }! numbers of the kind",
        "{'descr': '|f8', 'fortran_order': False, 'shape': (3,), }! numbers of the kind",
        "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (3,), }! only arrays of plain",
        "{'descr': '<f8', 'fortran_order': '', 'shape': (3,), }! only arrays of plain",
        "{'descr': '<f8', 'fortran_order': False, 'shape': '3', }! only arrays of plain",
        "{'descr': '<f8', 'fortran_order': False, }! only arrays of plain",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': 1}! only arrays of plain",
        "{'shape': (3,), 'fortran_order': False, 'shape': (3,), }! only arrays of plain",
        "os.system('x')! only arrays of plain",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (,), }! has the shape",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3 3,), }! has the shape",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999999999,), }! has the"
            + " shape",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }! F64 4 has 24 bytes",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (999999999, 999999999, 999999999), }!"
            + " has 24 bytes",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (0, 999999999999, 999999999999), }!"
            + " has 24 bytes",
      })
  void headersThatLieAreRefused(String header, String words) throws IOException {
    assertThatThrownBy(() -> Numpy.read(source(zip("a.npy", npy(header)))))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("x: the array \"a\" ")
        .hasMessageContaining(words.strip())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void manyAxesAndLongHeadersAreRefused() throws IOException {
    String ones =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, " + "1, ".repeat(40) + ")}";
    refused(zip("a.npy", npy(ones)), "the array \"a\" has 41 axes, the limit is 32" + AGAIN);
    refused(
        zip("a.npy", npy(HEADER + " ".repeat(20_000))),
        "the array \"a\" has a header of 20057 bytes, the limit is 10000" + AGAIN);
    refused(zip("a.npy", Arrays.copyOf(npy(HEADER), 60)), "the array \"a\" is cut off" + AGAIN);
    byte[] newer = npy(HEADER);
    newer[6] = 9;
    refused(
        zip("a.npy", newer),
        "the array \"a\" has the format version 9.0, only 1.0 to 3.0 are read; save it again");
  }

  @Test
  void olderSpellingsOfHeadersAreRead() throws IOException {
    for (String header :
        new String[] {
          "{'descr': '<f8', 'fortran_order': False, 'shape': (3L,)}",
          "{ 'shape':(3,),'fortran_order':True , 'descr':'<f8' }",
        }) {
      assertThat(Numpy.read(source(zip("a.npy", npy(header)))).get("a").doubles())
          .containsExactly(0.5, 1.5, 2.5);
    }
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws IOException {
    byte[] large = Arrays.copyOf(npy(HEADER), 9 << 20);
    refused(
        zip("a.npy", large),
        "unpacking \"a.npy\" would take 1048576 bytes more than the limit of 8388608; save it"
            + " uncompressed");
    byte[] zip = zip("a.npy", npy(HEADER));
    int directory = zip.length - 22 - 46 - 5;
    for (int size : new int[] {0, 20, 93, 95, 200}) { // where it is 94
      byte[] lying = zip.clone();
      lying[directory + 24] = (byte) size;
      refused(
          lying,
          "\"a.npy\" is not %d bytes long; the zip archive is damaged, so fetch it again"
              .formatted(size));
    }
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    Random random = new Random(5);
    byte[] stored = Files.readAllBytes(TorchFiles.file("arrays.npz"));
    byte[] deflated = Files.readAllBytes(TorchFiles.file("deflated.npz"));
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] file;
      if (i % 2 == 0) { // the checksum is right, so that the damage is looked at
        byte[] array = npy(HEADER);
        array[random.nextInt(i % 4 == 0 ? array.length : 30)] = (byte) random.nextInt();
        file = zip("a.npy", array);
      } else {
        file = (i % 4 == 1 ? stored : deflated).clone();
        file[random.nextInt(file.length)] = (byte) random.nextInt();
        file = i % 8 < 4 ? file : Arrays.copyOf(file, random.nextInt(file.length));
      }
      try {
        accepted += Numpy.read(source(file)).size() > 0 ? 1 : 0;
      } catch (WeightsException e) {
        assertThat(e.getMessage()).startsWith("x: ").doesNotContain("\n");
      }
    }
    assertThat(accepted).isBetween(100, 9_900); // the door is neither always shut nor open
  }

  private static void refused(byte[] file, String message) {
    assertThatThrownBy(() -> Numpy.read(source(file)))
        .isInstanceOf(WeightsException.class)
        .hasMessage("x: " + message);
  }

  private static Source source(byte[] file) {
    return new Source("x", file);
  }

  /** An array file of that header and the numbers 0.5, 1.5, 2.5. */
  private static byte[] npy(String header) {
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + 24).order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u0093NUMPY\1\0".getBytes(ISO_8859_1)).putShort((short) header.length());
    file.put(header.getBytes(ISO_8859_1)).putDouble(0.5).putDouble(1.5).putDouble(2.5);
    return file.array();
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }
}
