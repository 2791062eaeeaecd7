package io.esrgan.exec;

import io.esrgan.nn.Resolution;
import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Precision;

/**
 * The sizes that all feature maps of a passage follow from.
 *
 * @param width of the picture
 * @param height of the picture
 * @param rows of a strip; as many as the picture has, or a few more, if it is computed at once
 * @param block channels side by side
 * @param precision of the feature maps
 */
record StripShape(int width, int height, int rows, int block, Precision precision) {

  /** Whether the picture is computed at once, so that nothing lags behind. */
  boolean isWhole() {
    return rows >= height;
  }

  int width(Lowering.Maps maps) {
    return Math.toIntExact(maps.resolution().of(width));
  }

  /** Rows of the picture in the size of feature maps. */
  int height(Resolution resolution) {
    return Math.toIntExact(resolution.of(height));
  }

  /** Rows that come out at every strip. */
  int rows(Resolution resolution) {
    return Math.toIntExact(resolution.of(rows));
  }

  /** How many of their rows come out at every strip, or pairs of rows. */
  int rows(Lowering.Maps maps) {
    return rows(maps.resolution()) / together(maps);
  }

  private static int together(Lowering.Maps maps) {
    return maps.paired() ? 2 : 1;
  }

  int lag(int lag) {
    return isWhole() ? 0 : lag;
  }

  /** How many rows they are behind, or pairs of rows. */
  int lag(Lowering.Maps maps) {
    return lag(maps.lag()) / together(maps);
  }

  /** The first of the rows that come out at a strip; negative above the picture. */
  long firstRow(long strip, Resolution resolution, int lag) {
    return strip * rows(resolution) - lag(lag);
  }

  /** As {@link #firstRow(long, Resolution, int)}, or the first pair of rows. */
  long firstRow(long strip, Lowering.Maps maps) {
    return strip * rows(maps) - lag(maps);
  }

  /** Whether none of the rows that come out at a strip is one of the picture's. */
  boolean isOutside(long strip, Lowering.Maps maps) {
    return isAbove(strip, maps) || isBelow(strip, maps);
  }

  /** Whether all rows that come out at a strip are above the picture. */
  boolean isAbove(long strip, Lowering.Maps maps) {
    return firstRow(strip, maps) + rows(maps) <= 0;
  }

  /** Whether all rows that come out at a strip are below the picture. */
  boolean isBelow(long strip, Lowering.Maps maps) {
    return together(maps) * firstRow(strip, maps) >= height(maps.resolution());
  }

  /** Channels, filled up to whole blocks. */
  int channels(int channels) {
    return (channels + block - 1) / block * block;
  }

  /** Channels, filled up to whole blocks; those of even and of odd rows are counted both. */
  int channels(Lowering.Maps maps) {
    return channels(maps.channels()) * together(maps);
  }

  /** How many channels of feature maps lie side by side. */
  int block(Lowering.Maps maps) {
    return maps.alone() && Convolutions.areForTiles(block) ? channels(maps.channels()) : block;
  }

  /** Bytes of a row of one block of feature maps. */
  long lineBytes(Lowering.Maps maps) {
    return (long) width(maps) * block(maps) * precision.bytes();
  }

  /**
   * Columns of zeros that lie left and right of a window's rows. Where they lie there, convolutions
   * on tile units read the rows as they are. Else each copies what it reads first, and for rows of
   * 256 pixels and more oneDNN 3.11 has slower kernels only.
   */
  int margin(Lowering.Window window) {
    return Convolutions.areForTiles(block) && !window.isDoubled() ? window.halo() : 0;
  }

  /** Columns of a window's rows, with their margins. */
  int width(Lowering.Window window) {
    return width(window.members().get(0).maps()) + 2 * margin(window);
  }

  /** How many blocks feature maps have. */
  int blocks(Lowering.Maps maps) {
    return channels(maps) / block(maps);
  }

  /** Of so many rows of all channels, or pairs of rows. */
  long bytes(Lowering.Maps maps, int rowCount) {
    return blocks(maps) * (rowCount * lineBytes(maps));
  }

  /** Of what comes out at a strip. */
  long bytes(Lowering.Maps maps) {
    return bytes(maps, rows(maps));
  }

  /** Feature maps without gaps, so many rows of them or pairs of rows. */
  FeatureBlocks dense(NativeMemory memory, long offset, Lowering.Maps maps, int rowCount) {
    return FeatureBlocks.dense(
        memory, offset, block(maps), channels(maps), rowCount, width(maps), precision);
  }

  /** What comes out at a strip. */
  FeatureBlocks dense(NativeMemory memory, long offset, Lowering.Maps maps) {
    return dense(memory, offset, maps, rows(maps));
  }
}
