package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The files inside a zip archive of the kind that {@code torch.save} and NumPy write: stored as
 * they are, so that each is a window on the archive (APPNOTE.TXT 6.3.10, with ZIP64). A compressed
 * file is refused when it is asked for, unless the caller wants it {@linkplain #unpack unpacked}.
 *
 * <p>The directory at the end is checked against the archive: no entry may overlap another, reach
 * beyond the data, or be named otherwise at its own place. Names are never used as paths.
 */
final class ZipArchive {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int LOCATOR64_LENGTH = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_LENGTH = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ZIP64_FIELD = 1;
  private static final long IN_ZIP64_FIELD = 0xffffffffL;
  private static final int LONGEST_NAME = 1024; // bytes
  private static final int SPARE_ENTRIES = 100; // beside weights: the pickle, version, ...

  /** The central directory: where it lies and how many entries it has. */
  private record Directory(long offset, long length, long entries) {}

  /** How a file is stored; {@code OTHER} includes all that are encrypted. */
  private enum Method {
    STORED,
    DEFLATED,
    OTHER
  }

  private record Entry(String name, long local, long packed, long size, Method method, int crc) {}

  private record Content(ByteBuffer bytes, long size, Method method, int crc) {}

  private final Source source;
  private final Map<String, Content> contents = new LinkedHashMap<>();
  private long unpacked; // bytes

  ZipArchive(Source source) throws WeightsException {
    this.source = source;
    Directory directory = directory();
    if (directory.entries < 0 || directory.entries > Limits.WEIGHTS + SPARE_ENTRIES) {
      throw source.fail(
          "%s files are inside it, the limit is %d"
              .formatted(Long.toUnsignedString(directory.entries), Limits.WEIGHTS + SPARE_ENTRIES));
    }
    List<Entry> entries = entries(directory);
    entries.sort(Comparator.comparingLong(Entry::local));
    long end = 0;
    for (Entry entry : entries) {
      if (entry.local < end) {
        throw source.fail(
            "the file %s inside it overlaps the one before it".formatted(Quote.of(entry.name)));
      }
      end = add(entry, directory.offset);
    }
  }

  /** Whether the file starts as a zip archive does. */
  static boolean matches(Source source) throws WeightsException {
    return source.length() >= Integer.BYTES
        && (source.window(0, Integer.BYTES).getInt() == LOCAL
            || source.window(0, Integer.BYTES).getInt() == END);
  }

  /** The names of the files inside, in the order of their places. */
  Iterable<String> names() {
    return contents.keySet();
  }

  /** Whether there is a file of that name inside. */
  boolean contains(String name) {
    return contents.containsKey(name);
  }

  /** The file of that name, which must be stored as it is; its checksum compared. */
  ByteBuffer get(String name) throws WeightsException {
    Content content = content(name);
    if (content.method != Method.STORED) {
      throw source.fail(
          "%s inside it is compressed or encrypted, which torch.save never does; load and save it"
                  .formatted(Quote.of(name))
              + " again in PyTorch");
    }
    return checked(name, content.bytes, content.crc);
  }

  /**
   * The file of that name, unpacked where it is deflated, its checksum compared. All that is
   * unpacked may in all take {@link Limits#UNPACKED} bytes.
   */
  ByteBuffer unpack(String name) throws WeightsException {
    Content content = content(name);
    return switch (content.method) {
      case STORED -> checked(name, content.bytes, content.crc);
      case DEFLATED -> checked(name, inflate(name, content), content.crc);
      case OTHER ->
          throw source.fail(
              "%s inside it is encrypted or compressed in a way that is not read; save it again"
                  .formatted(Quote.of(name)));
    };
  }

  private Content content(String name) throws WeightsException {
    Content content = contents.get(name);
    if (content == null) {
      throw source.fail(
          "the file %s is missing inside it; it is damaged, so fetch it again"
              .formatted(Quote.of(name)));
    }
    return content;
  }

  private ByteBuffer inflate(String name, Content content) throws WeightsException {
    if (content.size > Limits.UNPACKED - unpacked) {
      throw source.fail(
          "unpacking %s would take %d bytes more than the limit of %d; save it uncompressed"
              .formatted(
                  Quote.of(name), content.size - (Limits.UNPACKED - unpacked), Limits.UNPACKED));
    }
    unpacked += content.size;
    byte[] bytes = new byte[(int) content.size];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(content.bytes.duplicate());
      int length = inflater.inflate(bytes);
      int beyond = inflater.inflate(new byte[1]);
      if (length < bytes.length || beyond > 0 || !inflater.finished()) {
        throw broken("%s is not %d bytes long".formatted(Quote.of(name), content.size));
      }
    } catch (DataFormatException e) {
      throw broken("%s cannot be unpacked".formatted(Quote.of(name)));
    } finally {
      inflater.end();
    }
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(content.bytes.order());
  }

  private ByteBuffer checked(String name, ByteBuffer bytes, int expected) throws WeightsException {
    // PyTorch can be told to leave checksums out, which leaves zeros.
    if (expected != 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes.duplicate());
      if ((int) crc.getValue() != expected) {
        throw source.fail(
            "the checksum of %s inside it is wrong; it is damaged, so fetch it again"
                .formatted(Quote.of(name)));
      }
    }
    return bytes;
  }

  private Directory directory() throws WeightsException {
    int tailLength = Math.min(source.length(), END_LENGTH + LONGEST_COMMENT);
    int tailStart = source.length() - tailLength;
    ByteBuffer tail = source.window(tailStart, tailLength);
    for (int at = tailLength - END_LENGTH; at >= 0; at--) {
      int comment = tailLength - at - END_LENGTH;
      if (tail.getInt(at) == END && (tail.getShort(at + 20) & 0xffff) == comment) {
        return directory(tailStart + at, source.window(tailStart + at, END_LENGTH));
      }
    }
    throw source.fail("the end of the zip archive is missing; it is cut off, so fetch it again");
  }

  private Directory directory(long at, ByteBuffer end) throws WeightsException {
    if (at >= LOCATOR64_LENGTH) {
      ByteBuffer locator = source.window(at - LOCATOR64_LENGTH, LOCATOR64_LENGTH);
      if (locator.getInt(0) == LOCATOR64) {
        ByteBuffer end64 = source.window(locator.getLong(8), END64_LENGTH);
        if (end64.getInt(0) != END64) {
          throw broken("its ZIP64 end is not where it should be");
        }
        return new Directory(end64.getLong(48), end64.getLong(40), end64.getLong(32));
      }
    }
    return new Directory(
        Integer.toUnsignedLong(end.getInt(16)),
        Integer.toUnsignedLong(end.getInt(12)),
        end.getShort(10) & 0xffff);
  }

  private List<Entry> entries(Directory directory) throws WeightsException {
    ByteBuffer in = source.window(directory.offset, directory.length);
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < directory.entries; i++) {
      if (in.remaining() < ENTRY_LENGTH || in.getInt(in.position()) != ENTRY) {
        throw broken("its directory announces " + directory.entries + " files but has " + i);
      }
      entries.add(entry(in));
    }
    return entries;
  }

  /** Reads one entry of the directory and steps behind it. */
  private Entry entry(ByteBuffer in) throws WeightsException {
    int at = in.position();
    int nameLength = in.getShort(at + 28) & 0xffff;
    int extraLength = in.getShort(at + 30) & 0xffff;
    int commentLength = in.getShort(at + 32) & 0xffff;
    if (nameLength > LONGEST_NAME) {
      throw broken("a name of " + nameLength + " bytes is in its directory");
    }
    if (in.remaining() - ENTRY_LENGTH < nameLength + extraLength + commentLength) {
      throw broken("an entry reaches beyond its directory");
    }
    String name = name(in.slice(at + ENTRY_LENGTH, nameLength));
    in.position(at + ENTRY_LENGTH + nameLength + extraLength + commentLength);
    Method method = method(in.getShort(at + 8), in.getShort(at + 10));
    long packed = Integer.toUnsignedLong(in.getInt(at + 20));
    long size = Integer.toUnsignedLong(in.getInt(at + 24));
    long local = Integer.toUnsignedLong(in.getInt(at + 42));
    ByteBuffer extra = in.slice(at + ENTRY_LENGTH + nameLength, extraLength).order(in.order());
    if (size == IN_ZIP64_FIELD || packed == IN_ZIP64_FIELD || local == IN_ZIP64_FIELD) {
      findZip64(extra, name);
      size = size == IN_ZIP64_FIELD ? next(extra, name) : size;
      packed = packed == IN_ZIP64_FIELD ? next(extra, name) : packed;
      local = local == IN_ZIP64_FIELD ? next(extra, name) : local;
    }
    if ((method == Method.STORED && size != packed) || size < 0 || packed < 0 || local < 0) {
      throw broken("%s has %d bytes, and %d as stored".formatted(Quote.of(name), size, packed));
    }
    return new Entry(name, local, packed, size, method, in.getInt(at + 16));
  }

  private static Method method(int flags, int number) {
    if ((flags & ENCRYPTED) != 0) {
      return Method.OTHER;
    }
    return number == STORED ? Method.STORED : number == DEFLATED ? Method.DEFLATED : Method.OTHER;
  }

  /** Moves to the first value of the ZIP64 field among the extra fields. */
  private void findZip64(ByteBuffer extra, String name) throws WeightsException {
    while (extra.remaining() >= 2 * Short.BYTES) {
      int id = extra.getShort() & 0xffff;
      int length = extra.getShort() & 0xffff;
      if (id == ZIP64_FIELD && length <= extra.remaining()) {
        extra.limit(extra.position() + length);
        return;
      }
      extra.position(Math.min(extra.limit(), extra.position() + length));
    }
    throw broken("the ZIP64 field of " + Quote.of(name) + " is missing");
  }

  private long next(ByteBuffer zip64, String name) throws WeightsException {
    if (zip64.remaining() < Long.BYTES) {
      throw broken("the ZIP64 field of " + Quote.of(name) + " is too short");
    }
    return zip64.getLong();
  }

  /** Adds the bytes of an entry, found through its own header; returns where they end. */
  private long add(Entry entry, long dataEnd) throws WeightsException {
    ByteBuffer header = source.window(entry.local, LOCAL_LENGTH);
    int nameLength = header.getShort(26) & 0xffff;
    if (header.getInt(0) != LOCAL
        || nameLength > LONGEST_NAME
        || !name(source.window(entry.local + LOCAL_LENGTH, nameLength)).equals(entry.name)) {
      throw broken(Quote.of(entry.name) + " is not where its directory says");
    }
    long start = entry.local + LOCAL_LENGTH + nameLength + (header.getShort(28) & 0xffff);
    ByteBuffer bytes = source.window(start, entry.packed);
    if (start + entry.packed > dataEnd) {
      throw broken(Quote.of(entry.name) + " reaches into the directory");
    }
    if (contents.put(entry.name, new Content(bytes, entry.size, entry.method, entry.crc)) != null) {
      throw broken("two files are named " + Quote.of(entry.name));
    }
    return start + entry.packed;
  }

  private static String name(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private WeightsException broken(String what) {
    return source.fail("%s; the zip archive is damaged, so fetch it again".formatted(what));
  }
}
