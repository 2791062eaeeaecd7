package io.esrgan.report;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * TensorFlow's framing of records: length (8 bytes, little-endian), its masked CRC32C, the content,
 * its masked CRC32C.
 */
final class TfRecords {
  private static final int LONGEST = 1 << 28; // bytes; a longer one is no record of ours

  private TfRecords() {}

  static byte[] framed(byte[] content) {
    ByteBuffer record = ByteBuffer.allocate(content.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(maskedSum(record.array(), 8));
    record.put(content);
    record.putInt(maskedSum(content, content.length));
    return record.array();
  }

  /** The content of the next record; empty at the end, and where a record is torn or damaged. */
  static Optional<byte[]> next(InputStream records) throws IOException {
    DataInputStream in = new DataInputStream(records);
    byte[] length = new byte[8];
    byte[] sum = new byte[4];
    try {
      in.readFully(length);
      in.readFully(sum);
      long count = little(length).getLong();
      if (little(sum).getInt() != maskedSum(length, 8) || count < 0 || count > LONGEST) {
        return Optional.empty();
      }
      byte[] content = in.readNBytes((int) count); // grows as it reads, whatever the length says
      in.readFully(sum);
      return content.length == count && little(sum).getInt() == maskedSum(content, content.length)
          ? Optional.of(content)
          : Optional.empty();
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Rotated and shifted by a constant, so that sums of data that holds sums stay good. */
  private static int maskedSum(byte[] bytes, int count) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, count);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }
}
