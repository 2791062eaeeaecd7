package io.esrgan.image;

import com.twelvemonkeys.io.enc.DecoderStream;
import com.twelvemonkeys.io.enc.PackBitsDecoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** How TIFF packs pixels, as far as it is unpacked here a row at a time. */
enum TiffPacking {
  NONE(1, 1),
  LZW(4096, 5),
  DEFLATE(1040, 8, 32946),
  PACK_BITS(64, 32773);

  private static final int BUFFER = 1 << 13; // one for each tile that a row passes through

  private final int most;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final long[] tags;

  TiffPacking(int most, long... tags) {
    this.most = most;
    this.tags = tags;
  }

  /** By the value of TIFF's tag 259. */
  static Optional<TiffPacking> of(long tag) {
    return Arrays.stream(values())
        .filter(packing -> Arrays.stream(packing.tags).anyMatch(t -> t == tag))
        .findFirst();
  }

  /** The most bytes that come of one. */
  int most() {
    return most;
  }

  /**
   * After the last row of a strip or tile.
   *
   * @throws IOException if what was unpacked does not have the checksum that stands there
   */
  void finish(InputStream unpacked) throws IOException {
    if (this == DEFLATE) {
      unpacked.read();
    }
  }

  /** Unpacks one strip or tile; to be closed. */
  InputStream open(InputStream packed) {
    return switch (this) {
      case NONE -> packed;
      case LZW -> new LzwInputStream(new BufferedInputStream(packed, BUFFER));
      case DEFLATE -> new Inflating(packed);
      case PACK_BITS ->
          new DecoderStream(new BufferedInputStream(packed, BUFFER), new PackBitsDecoder());
    };
  }

  /** Frees its inflater, which the JDK's stream does only if it has made it. */
  private static final class Inflating extends InflaterInputStream {
    Inflating(InputStream packed) {
      super(packed, new Inflater(), BUFFER);
    }

    @Override
    public void close() {
      inf.end();
    }
  }
}
