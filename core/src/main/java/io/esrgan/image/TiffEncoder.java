package io.esrgan.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes TIFF (6.0, with Adobe's deflate and the horizontal predictor), big-endian, in strips, with
 * straight alpha, profile and resolution.
 */
final class TiffEncoder {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;
  private static final int STRIP_BYTES = 1 << 16;
  private static final int RATIONAL_SCALE = 10_000;

  /** A tag and its values, encoded. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(int tag, int type, int count, byte[] values) {}

  private final Picture picture;
  private final List<Entry> entries = new ArrayList<>();

  private TiffEncoder(Picture picture) {
    this.picture = picture;
  }

  static void write(Picture picture, OutputStream out) throws IOException {
    new TiffEncoder(picture).write(out);
  }

  private void write(OutputStream out) throws IOException {
    int channels = picture.channels().count();
    int rowBytes = picture.width() * channels * picture.bits() / 8;
    int stripRows = Math.max(1, STRIP_BYTES / rowBytes);
    List<byte[]> strips = new ArrayList<>();
    for (int y = 0; y < picture.height(); y += stripRows) {
      strips.add(strip(y, Math.min(stripRows, picture.height() - y)));
    }
    describe(stripRows, strips);

    int directory = 2 + entries.size() * 12 + 4;
    long beside = 0;
    for (Entry entry : entries) {
      beside += entry.values().length > 4 ? padded(entry.values().length) : 0;
    }
    long pixels = 8 + directory + beside;
    long end = pixels + strips.stream().mapToLong(s -> padded(s.length)).sum();
    if (end > 0xffffffffL) {
      throw new Defect("a TIFF holds at most 4 GiB, this needs " + end + " bytes; write a PNG");
    }
    setOffsets(strips, pixels);
    out.write(directory((int) (directory + beside)));
    for (byte[] strip : strips) {
      out.write(strip);
      out.write(new byte[padded(strip.length) - strip.length]);
    }
  }

  private void describe(int stripRows, List<byte[]> strips) {
    int channels = picture.channels().count();
    int[] bits = new int[channels];
    Arrays.fill(bits, picture.bits());
    add(256, LONG, picture.width());
    add(257, LONG, picture.height());
    add(258, SHORT, bits);
    add(259, SHORT, 8); // deflate
    add(262, SHORT, picture.channels().colours() == 1 ? 1 : 2); // black is zero, or RGB
    add(273, LONG, new int[strips.size()]);
    add(277, SHORT, channels);
    add(278, LONG, stripRows);
    add(279, LONG, strips.stream().mapToInt(s -> s.length).toArray());
    double dotsPerInch = picture.metadata().dotsPerInch();
    if (dotsPerInch > 0) {
      int scaled = (int) Math.round(dotsPerInch * RATIONAL_SCALE);
      add(282, RATIONAL, scaled, RATIONAL_SCALE);
      add(283, RATIONAL, scaled, RATIONAL_SCALE);
    }
    add(284, SHORT, 1); // channels interleaved
    if (dotsPerInch > 0) {
      add(296, SHORT, 2); // inches
    }
    add(317, SHORT, 2); // differences to the pixel on the left
    if (picture.channels().hasAlpha()) {
      add(338, SHORT, 2); // straight alpha
    }
    byte[] profile = picture.metadata().iccProfile();
    if (Profiles.describes(profile, picture.channels())) {
      entries.add(new Entry(34675, UNDEFINED, profile.length, profile));
    }
  }

  private void add(int tag, int type, int... values) {
    ByteBuffer encoded = ByteBuffer.allocate(values.length * (type == SHORT ? 2 : 4));
    for (int value : values) {
      if (type == SHORT) {
        encoded.putShort((short) value);
      } else {
        encoded.putInt(value);
      }
    }
    int count = type == RATIONAL ? values.length / 2 : values.length;
    entries.add(new Entry(tag, type, count, encoded.array()));
  }

  private void setOffsets(List<byte[]> strips, long first) {
    Entry offsets = entries.stream().filter(e -> e.tag() == 273).findFirst().orElseThrow();
    ByteBuffer values = ByteBuffer.wrap(offsets.values());
    long at = first;
    for (byte[] strip : strips) {
      values.putInt((int) at);
      at += padded(strip.length);
    }
  }

  /** The header, the directory, and the values that do not fit into it. */
  private byte[] directory(int length) {
    ByteBuffer head = ByteBuffer.allocate(8 + length);
    head.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
    head.putShort((short) entries.size());
    int beside = 8 + 2 + entries.size() * 12 + 4;
    for (Entry entry : entries) {
      head.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
      byte[] values = entry.values();
      if (values.length <= 4) {
        head.put(values).put(new byte[4 - values.length]);
      } else {
        head.putInt(beside);
        head.put(beside, values);
        beside += padded(values.length);
      }
    }
    return head.array();
  }

  private static int padded(int length) {
    return length + (length & 1);
  }

  private byte[] strip(int y, int rows) throws IOException {
    int channels = picture.channels().count();
    int stride = picture.width() * channels;
    int sampleBytes = picture.bits() / 8;
    byte[] raw = new byte[rows * stride * sampleBytes];
    for (int i = 0; i < rows * stride; i++) {
      int at = y * stride + i;
      int left = i % stride < channels ? 0 : picture.sample(at - channels);
      int difference = picture.sample(at) - left;
      if (sampleBytes == 1) {
        raw[i] = (byte) difference;
      } else {
        raw[2 * i] = (byte) (difference >> 8);
        raw[2 * i + 1] = (byte) difference;
      }
    }
    ByteArrayOutputStream strip = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(strip)) {
      deflated.write(raw);
    }
    return strip.toByteArray();
  }
}
