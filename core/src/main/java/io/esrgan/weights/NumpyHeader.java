package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a {@code .npy} file: a dictionary as Python would write it.
 *
 * @param dtype the type of the numbers
 * @param bigEndian whether the most significant byte of each comes first
 * @param fortranOrder whether the first axis is the fastest, not the last
 * @param sizes the extents of the axes, outermost first; none is negative
 */
record NumpyHeader(Dtype dtype, boolean bigEndian, boolean fortranOrder, List<Long> sizes) {
  private static final long MAGIC = 0x934e554d5059L; // \x93NUMPY
  private static final int MAGIC_LENGTH = 6;
  private static final int NEWEST = 3;

  /** {@code 'shape': (3, 4),} or the end: a key, then a text, a truth or a tuple of numbers. */
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "(?:'([^']*)'|(True|False)|\\(([0-9L, ]*+)\\))\\s*(?:,|(?=\\}))");

  private static final Pattern EXTENT = Pattern.compile("(\\d{1,18})L?");

  private static final Set<String> TRUTHS = Set.of("True", "False");

  private static final Map<String, Dtype> TYPES =
      Map.of(
          "f8", Dtype.F64,
          "f4", Dtype.F32,
          "f2", Dtype.F16,
          "i8", Dtype.I64,
          "i4", Dtype.I32,
          "i2", Dtype.I16,
          "i1", Dtype.I8,
          "u1", Dtype.U8,
          "b1", Dtype.BOOL);

  NumpyHeader {
    sizes = List.copyOf(sizes);
  }

  /**
   * Reads the header of a file and steps behind it.
   *
   * @param name the array's, for errors
   */
  static NumpyHeader read(Source source, String name, ByteBuffer file) throws WeightsException {
    ByteBuffer in = file.order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < MAGIC_LENGTH + 2 || magic(in) != MAGIC) {
      throw broken(source, name, "does not begin as one");
    }
    int version = in.get();
    int minor = in.get();
    if (version < 1 || version > NEWEST || minor != 0) {
      throw source.fail(
          "the array %s has the format version %d.%d, only 1.0 to %d.0 are read; save it again"
              .formatted(Quote.of(name), version & 0xff, minor & 0xff, NEWEST));
    }
    if (in.remaining() < Integer.BYTES) {
      throw broken(source, name, "is cut off");
    }
    long length = version == 1 ? in.getShort() & 0xffff : Integer.toUnsignedLong(in.getInt());
    if (length > in.remaining()) {
      throw broken(source, name, "is cut off");
    }
    if (length > Limits.NUMPY_HEADER) {
      throw broken(
          source,
          name,
          "has a header of %d bytes, the limit is %d".formatted(length, Limits.NUMPY_HEADER));
    }
    String text = StandardCharsets.UTF_8.decode(in.slice(in.position(), (int) length)).toString();
    in.position(in.position() + (int) length);
    return of(source, name, text.strip());
  }

  private static long magic(ByteBuffer in) {
    long magic = 0;
    for (int i = 0; i < MAGIC_LENGTH; i++) {
      magic = magic << 8 | (in.get() & 0xff);
    }
    return magic;
  }

  private static NumpyHeader of(Source source, String name, String text) throws WeightsException {
    Map<String, String> values = items(text);
    String descr = values.get("descr");
    String fortran = values.get("fortran_order");
    String shape = values.get("shape");
    if (values.size() != 3 || !TRUTHS.contains(fortran) || !shape.startsWith("(")) {
      throw source.fail(
          "the array %s has the header %s; only arrays of plain numbers are read"
              .formatted(Quote.of(name), Quote.of(text)));
    }
    char order = descr.isEmpty() ? ' ' : descr.charAt(0);
    Dtype dtype = TYPES.get(descr.isEmpty() ? "" : descr.substring(1));
    if (dtype == null || "<>|".indexOf(order) < 0 || (order == '|' && dtype.bytes() > 1)) {
      throw source.fail(
          "the array %s has numbers of the kind %s, which are not read; save it as float64"
              .formatted(Quote.of(name), Quote.of(descr)));
    }
    return new NumpyHeader(dtype, order == '>', fortran.equals("True"), sizes(source, name, shape));
  }

  /** The items of the dictionary; none at all if it is not written as NumPy writes it. */
  private static Map<String, String> items(String text) {
    Map<String, String> values = new HashMap<>();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return values;
    }
    Matcher item = ITEM.matcher(text);
    int at = 1;
    while (item.region(at, text.length()).lookingAt()) {
      String value = item.group(2) != null ? item.group(2) : item.group(3);
      if (values.put(item.group(1), value != null ? value : "(" + item.group(4)) != null) {
        return Map.of();
      }
      at = item.end();
    }
    return text.substring(at).strip().equals("}") ? values : Map.of();
  }

  private static List<Long> sizes(Source source, String name, String shape)
      throws WeightsException {
    List<Long> sizes = new ArrayList<>();
    String inside = shape.substring(1).strip();
    for (String extent : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
      Matcher number = EXTENT.matcher(extent.strip());
      if (!number.matches()) {
        if (extent.isBlank() && !sizes.isEmpty()) {
          continue; // what follows the last comma
        }
        throw broken(source, name, "has the shape %s".formatted(Quote.of(shape)));
      }
      sizes.add(Long.valueOf(number.group(1)));
    }
    if (sizes.size() > Limits.AXES) {
      throw broken(
          source, name, "has %d axes, the limit is %d".formatted(sizes.size(), Limits.AXES));
    }
    return sizes;
  }

  private static WeightsException broken(Source source, String name, String what) {
    return source.fail(
        "the array %s %s; it is damaged, so fetch it again".formatted(Quote.of(name), what));
  }

  /** The extents of the axes, outermost first. */
  long[] shape() {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /** How far apart neighbours along each axis lie; the shape must not be too large. */
  List<Long> strides() {
    List<Long> order = new ArrayList<>(sizes);
    if (!fortranOrder) {
      Collections.reverse(order);
    }
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (long extent : order) {
      strides.add(stride);
      stride *= extent;
    }
    if (!fortranOrder) {
      Collections.reverse(strides);
    }
    return strides;
  }
}
