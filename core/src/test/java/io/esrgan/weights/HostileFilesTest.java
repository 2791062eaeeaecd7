package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand files that nobody should be able to harm us with: noise, damaged copies of
 * real files of all containers, and pickles of random instructions. Each must be read or refused
 * with a {@link WeightsException}, soon and in little memory.
 */
class HostileFilesTest {
  private static final long SEED = 20180901; // any number does; a fixed one repeats a failure
  private static final long MEMORY = 64L << 20; // bytes beyond the file's own
  private static final long SECONDS = 2; // of one core, for one file

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(SEED);

  @Test
  void noiseIsRefused() {
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      // Half of them look like one of the containers at first sight.
      byte[][] starts = {
        {},
        {},
        {},
        {'P', 'K', 3, 4},
        {(byte) 0x80, 2},
        {(byte) noise.length, 0, 0, 0, 0, 0, 0, 0, '{'}
      };
      byte[] start = starts[random.nextInt(starts.length)];
      System.arraycopy(start, 0, noise, 0, Math.min(start.length, noise.length));
      read(noise);
    }
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name :
        List.of(
            "views.zip.pth",
            "views.legacy.pth",
            "views-protocol4.zip.pth",
            "views-protocol4.legacy.pth",
            "training.zip.pth",
            "training.legacy.pth",
            "model.zip.pth",
            "new-gray.legacy.pth")) {
      files.add(Files.readAllBytes(TorchFiles.file(name)));
    }
    files.add(safetensors(Weights.read(TorchFiles.file("views.zip.pth"))));
    files.add(safetensors(Weights.readGenerator(TorchFiles.file("new-gray.legacy.pth")).weights()));
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] file = files.get(i % files.size()).clone();
      byte[] damaged = damage(file);
      if (random.nextBoolean()) {
        mendChecksum(damaged);
      }
      accepted += read(damaged) ? 1 : 0;
    }
    assertThat(accepted).isBetween(1_000, 59_000); // neither door is always shut
  }

  @Test
  void picklesOfRandomInstructionsAreReadOrRefused() {
    int[] opcodes = {
      '(', '.', '0', '1', '2', 'B', 'C', 'G', 'J', 'K', 'M', 'N', 'Q', 'R', 'T', 'U', 'X', ']', 'a',
      'b', 'd', 'e', 'h', 'j', 'l', 'q', 'r', 's', 't', 'u', '}', ')', 0x81, 0x85, 0x86, 0x87, 0x88,
      0x89, 0x8a, 0x8c, 0x8f, 0x90, 0x91, 0x93, 0x94, 0x95
    };
    String[][] globals = {
      {"collections", "OrderedDict"},
      {"torch", "Size"},
      {"torch", "FloatStorage"},
      {"torch._utils", "_rebuild_tensor_v2"},
      {"torch._utils", "_rebuild_parameter"},
      {"torch", "device"},
      {"os", "system"}
    };
    for (int i = 0; i < 20_000; i++) {
      PickleWriter pickle = PickleWriter.pickle().op(Opcode.EMPTY_DICT).op(Opcode.BINPUT, 0);
      for (int j = random.nextInt(60); j > 0; j--) {
        switch (random.nextInt(8)) {
          case 0 -> {
            String[] global = globals[random.nextInt(globals.length)];
            pickle.global(global[0], global[1]);
          }
          case 1 -> pickle.op(Opcode.BINPUT, random.nextInt(4));
          case 2 -> pickle.op(Opcode.BINGET, random.nextInt(4));
          case 3 -> pickle.text("params");
          case 4 -> pickle.number(random.nextInt(5) - 1);
          case 5 ->
              pickle.tensor(
                  new PickleWriter().storage("FloatStorage", "0", 6),
                  random.nextInt(3),
                  new long[] {random.nextInt(4) - 1},
                  new long[] {random.nextInt(4) - 1});
          default -> pickle.op(opcodes[random.nextInt(opcodes.length)], random.nextInt(3));
        }
      }
      pickle.op(Opcode.SETITEM).op(Opcode.STOP);
      read(PickleWriter.legacy(pickle, new float[6]));
    }
  }

  @Test
  void theMostThatAPickleMayBuildStaysInBounds() {
    List<PickleWriter> greedy = new ArrayList<>();
    int[][] rows = {
      {Opcode.EMPTY_DICT},
      {Opcode.EMPTY_LIST, Opcode.NONE, Opcode.APPEND},
      {Opcode.EMPTY_DICT, Opcode.NONE, Opcode.NONE, Opcode.SETITEM},
      {Opcode.MARK},
      {Opcode.NONE, Opcode.TUPLE1},
      {Opcode.NONE, Opcode.MEMOIZE},
      {Opcode.BINFLOAT, 1, 2, 3, 4, 5, 6, 7, 8},
      {Opcode.LONG1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {Opcode.SHORT_BINUNICODE, 4, 0xc4, 0x80, 'a', 'b'}
    };
    for (int[] row : rows) {
      PickleWriter pickle = PickleWriter.pickle();
      for (int i = 0; i < 600_000; i++) {
        pickle.op(row[0], Arrays.copyOfRange(row, 1, row.length));
      }
      greedy.add(pickle.op(Opcode.STOP));
    }
    PickleWriter text = PickleWriter.pickle();
    for (int i = 0; i < 10; i++) {
      text.text("Ā" + "a".repeat(1_000_000));
    }
    greedy.add(text);
    for (PickleWriter pickle : greedy) {
      read(PickleWriter.legacy(pickle));
    }
  }

  private byte[] damage(byte[] file) {
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(file, random.nextInt(file.length));
      }
      case 1 -> { // a run from elsewhere in the file
        int length = random.nextInt(Math.min(64, file.length));
        int from = random.nextInt(file.length - length);
        int to = random.nextInt(file.length - length);
        System.arraycopy(file, from, file, to, length);
      }
      case 2 -> { // a run of one value, as lengths of all ones are
        int from = random.nextInt(file.length);
        int to = Math.min(file.length, from + 1 + random.nextInt(8));
        Arrays.fill(file, from, to, (byte) (random.nextInt(3) - 1));
      }
      default -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          // Most of what decides is at the start, or at the end of a zip archive.
          int span = Math.min(file.length, 2000);
          int at = random.nextInt(span);
          file[random.nextInt(4) == 0 ? file.length - 1 - at : at] = (byte) random.nextInt();
        }
      }
    }
    return file;
  }

  /** Makes the checksum of a damaged pickle in a zip archive of torch right again. */
  private static void mendChecksum(byte[] file) {
    int end = file.length - 46;
    for (int at = file.length / 2; at < end; at++) {
      if (file[at] == 'P' && file[at + 1] == 'K' && file[at + 2] == 1 && file[at + 3] == 2) {
        int size = Byte.toUnsignedInt(file[at + 24]) | Byte.toUnsignedInt(file[at + 25]) << 8;
        int start = 64; // torch puts every file inside at a multiple of 64
        if (start + size <= file.length) {
          CRC32 crc = new CRC32();
          crc.update(file, start, size);
          for (int i = 0; i < 4; i++) {
            file[at + 16 + i] = (byte) (crc.getValue() >> (8 * i));
          }
        }
        return;
      }
    }
  }

  private static byte[] safetensors(StateDict dict) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(dict, out);
    return out.toByteArray();
  }

  /** Whether the file could be read. */
  private static boolean read(byte[] file) {
    boolean read = false;
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long started = THREADS.getCurrentThreadCpuTime();
    try {
      Source source = new Source("x", file);
      WeightFile weights = WeightFile.of(source);
      read = true;
      new GeneratorReader(source, weights).read();
    } catch (WeightsException e) {
      String message = e.getMessage();
      if (!message.startsWith("x: ") || message.contains("\n") || message.length() > 1000) {
        fail("not one line about the file: " + message);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail("escaped from " + Arrays.toString(Arrays.copyOf(file, 400)), e);
    }
    long memory = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    long time = THREADS.getCurrentThreadCpuTime() - started;
    if (memory > file.length + MEMORY || time > SECONDS * 1_000_000_000) {
      fail("%d bytes and %d ns for %d bytes".formatted(memory, time, file.length));
    }
    return read;
  }
}
