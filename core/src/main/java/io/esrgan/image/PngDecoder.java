package io.esrgan.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG (W3C, third edition): every colour type and depth, palette, transparency, interlacing.
 * Samples come out as stored; gray of fewer than 8 bits is stretched to 8.
 */
final class PngDecoder implements Decoder {
  private static final int PASSES = 7;
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] PASS_STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] PASS_STEP_Y = {8, 8, 8, 4, 4, 2, 2};

  private final ImageInputStream in;
  private final PngChunks chunks;

  PngDecoder(ImageInputStream in) throws IOException {
    this.in = in;
    this.chunks = PngChunks.read(in);
  }

  @Override
  public int width() {
    return chunks.width();
  }

  @Override
  public int height() {
    return chunks.height();
  }

  @Override
  public Notes notes() {
    return chunks.notes();
  }

  @Override
  public Optional<Rows> byRows() {
    return chunks.interlaced()
        ? Optional.empty()
        : Optional.of(() -> new PngStoredRows(chunks, in));
  }

  @Override
  public Picture decode() throws IOException {
    Optional<Rows> byRows = byRows();
    if (byRows.isEmpty()) {
      return decodeInterlaced();
    }
    try (StoredRows rows = byRows.get().begin()) {
      return rows.next(chunks.height());
    }
  }

  private Picture decodeInterlaced() throws IOException {
    chunks.checkClaim();
    PngPixels pixels = chunks.pixels(chunks.height());
    try (PngData data = new PngData(chunks, in)) {
      for (int pass = 0; pass < PASSES; pass++) {
        decode(data, pixels, pass);
      }
      data.finish();
    }
    return pixels.picture();
  }

  private void decode(PngData data, PngPixels pixels, int pass) throws IOException {
    int width = (chunks.width() - PASS_X[pass] + PASS_STEP_X[pass] - 1) / PASS_STEP_X[pass];
    if (width <= 0) {
      return;
    }
    PngFilter filter = data.filter(width);
    for (int y = PASS_Y[pass]; y < chunks.height(); y += PASS_STEP_Y[pass]) {
      pixels.put(data.next(filter), y, PASS_X[pass], PASS_STEP_X[pass], width);
    }
  }
}
