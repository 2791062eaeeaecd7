package io.esrgan.exec;

/**
 * Computes networks that see the whole picture at once: all of it if it is one strip, else in
 * overlapping tiles, each of which takes itself for the whole. Tiles are approximate.
 *
 * @param whole computes a tile
 * @param overlap rows that a tile shares with the next, on each side
 */
record TileRunner(Runner whole, int overlap) implements Runner {

  @Override
  public Passage over(int width, int height, int stripRows) {
    return new TilePassage(whole, width, height, stripRows, overlap);
  }

  @Override
  public int rowsComputed(int height, int stripRows) {
    long rows = 0;
    for (long first = 0; first < height; first += stripRows) {
      rows += Math.min(height, first + stripRows + overlap) - Math.max(0, first - overlap);
    }
    return Math.toIntExact(rows);
  }

  @Override
  public int stripRows(int width, int height) {
    return whole.stripRows(width, height);
  }

  @Override
  public long bytes(int width, int height, int stripRows) {
    int rows = (int) Math.min(height, stripRows + 2L * overlap);
    return whole.bytes(width, rows, rows);
  }
}
