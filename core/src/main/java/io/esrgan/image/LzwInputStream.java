package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks LZW as TIFF has it (6.0, section 13): codes of 9 to 12 bits, the highest bit first, each
 * length left one code early.
 */
final class LzwInputStream extends InputStream {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int CODES = 1 << 12;

  private final InputStream in;
  private final short[] prefixes = new short[CODES]; // the string without its last byte
  private final byte[] lasts = new byte[CODES];
  private final byte[] string = new byte[CODES]; // of the last code, backwards
  private int left; // bytes of it that are still to be given
  private int next = FIRST; // the code that is made next
  private int width = 9;
  private int before = -1; // the code before, or -1 after a clear code
  private byte firstBefore; // the first byte of its string
  private int bits; // read and not yet used
  private int count; // of these bits
  private boolean ended;

  LzwInputStream(InputStream in) {
    this.in = in;
    for (int i = 0; i < CLEAR; i++) {
      lasts[i] = (byte) i;
    }
  }

  @Override
  public int read() throws IOException {
    while (left == 0) {
      if (ended) {
        return -1;
      }
      decode();
    }
    return string[--left] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    int given = 0;
    while (given < most) {
      if (left == 0) {
        if (ended) {
          break;
        }
        decode();
      }
      int piece = Math.min(left, most - given);
      for (int i = 0; i < piece; i++) {
        to[from + given++] = string[--left];
      }
    }
    return given == 0 && most > 0 ? -1 : given;
  }

  private void decode() throws IOException {
    int code = code();
    if (code == END) {
      ended = true;
    } else if (code == CLEAR) {
      next = FIRST;
      width = 9;
      before = -1;
    } else {
      string(code);
    }
  }

  private int code() throws IOException {
    while (count < width) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      bits = bits << 8 | read;
      count += 8;
    }
    count -= width;
    int code = bits >> count & ((1 << width) - 1);
    bits &= (1 << count) - 1;
    return code;
  }

  private void string(int code) throws Defect {
    boolean known = code < (before < 0 ? CLEAR : next);
    if (!known && (before < 0 || code > next)) {
      throw Defect.damaged("its pixel data use an LZW code that is not there");
    }
    int at = code;
    if (!known) { // the string before and its own first byte
      string[left++] = firstBefore;
      at = before;
    }
    while (at >= FIRST) {
      string[left++] = lasts[at];
      at = prefixes[at];
    }
    string[left++] = lasts[at];
    byte first = lasts[at];
    if (before >= 0 && next < CODES) {
      prefixes[next] = (short) before;
      lasts[next] = first;
      next++;
      if (next >= (1 << width) - 1 && width < 12) {
        width++;
      }
    }
    before = code;
    firstBefore = first;
  }
}
