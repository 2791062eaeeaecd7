package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.zip.ZipException;
import javax.imageio.stream.ImageInputStream;

/**
 * The rows of a TIFF. All tiles that a row passes through are open at once, and each is unpacked a
 * row at a time: that is little memory also where the whole picture is one strip.
 */
final class TiffStoredRows implements StoredRows {
  private final ImageInputStream in;
  private final TiffLayout layout;
  private final InputStream[] tiles; // that are open, those of one row of tiles
  private final byte[] stored; // a row of a tile
  private final int[] row;
  private int y;

  TiffStoredRows(ImageInputStream in, TiffLayout layout) throws IOException {
    this.in = in;
    this.layout = layout;
    this.tiles = new InputStream[layout.tilesAcross()];
    int channels = layout.channels().count();
    this.stored = new byte[Limits.row((long) layout.tileWidth() * channels * layout.bits() / 8)];
    this.row = new int[Limits.row((long) layout.width() * channels)];
  }

  @Override
  public Picture.Channels channels() {
    return layout.channels();
  }

  @Override
  public int bits() {
    return layout.bits();
  }

  @Override
  public Picture next(int count) throws IOException {
    PictureRows rows = new PictureRows(layout.width(), count, layout.channels(), layout.bits());
    for (int i = 0; i < count; i++) {
      try {
        read();
      } catch (EOFException e) {
        throw Defect.damaged("its pixel data end too early, in row " + y);
      } catch (ZipException e) {
        throw Defect.damaged("its pixel data, in row " + y + ": " + e.getMessage());
      }
      if (layout.premultiplied()) {
        Rasters.straighten(row, layout.channels().count(), layout.bits() == 8 ? 255 : 65535);
      }
      rows.add(row);
      y++;
    }
    return rows.picture();
  }

  private void read() throws IOException {
    if (y % layout.tileHeight() == 0) {
      openTiles();
    }
    int stride = layout.tileWidth() * layout.channels().count();
    for (int i = 0; i < tiles.length; i++) {
      if (tiles[i].readNBytes(stored, 0, stored.length) < stored.length) {
        throw new EOFException();
      }
      if (y % layout.tileHeight() == layout.tileHeight() - 1 || y == layout.height() - 1) {
        layout.packing().finish(tiles[i]);
      }
      int from = i * stride;
      put(from, Math.min(stride, row.length - from));
    }
  }

  private void openTiles() throws IOException {
    close();
    int first = y / layout.tileHeight() * tiles.length;
    for (int i = 0; i < tiles.length; i++) {
      long offset = layout.offsets()[first + i];
      tiles[i] = layout.packing().open(new FilePiece(in, offset, layout.lengths()[first + i]));
    }
  }

  /** The stored row of a tile into the picture's. */
  private void put(int from, int count) {
    boolean little = layout.order() == ByteOrder.LITTLE_ENDIAN;
    for (int i = 0; i < count; i++) {
      if (layout.bits() == 8) {
        row[from + i] = stored[i] & 0xff;
      } else {
        int first = stored[2 * i] & 0xff;
        int second = stored[2 * i + 1] & 0xff;
        row[from + i] = little ? second << 8 | first : first << 8 | second;
      }
    }
    if (layout.differences()) {
      int most = (1 << layout.bits()) - 1;
      int channels = layout.channels().count();
      for (int i = from + channels; i < from + count; i++) {
        row[i] = row[i] + row[i - channels] & most;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (InputStream tile : tiles) {
      if (tile != null) {
        tile.close();
      }
    }
  }
}
