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
 * @param rows of a strip; as many as the picture has if it is computed at once
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

  int lag(int lag) {
    return isWhole() ? 0 : lag;
  }

  /** The first of the rows that come out at a strip; negative above the picture. */
  long firstRow(long strip, Resolution resolution, int lag) {
    return strip * rows(resolution) - lag(lag);
  }

  /** Channels, filled up to whole blocks. */
  int channels(int channels) {
    return (channels + block - 1) / block * block;
  }

  /** How many channels of feature maps lie side by side. */
  int block(Lowering.Maps maps) {
    return maps.alone() && Convolutions.areForTiles(block) ? channels(maps.channels()) : block;
  }

  /** Bytes of a row of one block of feature maps. */
  long lineBytes(Lowering.Maps maps) {
    return (long) width(maps) * block(maps) * precision.bytes();
  }

  /** How many blocks feature maps have. */
  int blocks(Lowering.Maps maps) {
    return channels(maps.channels()) / block(maps);
  }

  long bytes(Lowering.Maps maps, int rowCount) {
    return blocks(maps) * (rowCount * lineBytes(maps));
  }

  /** Feature maps without gaps. */
  FeatureBlocks dense(NativeMemory memory, long offset, Lowering.Maps maps, int rowCount) {
    return FeatureBlocks.dense(
        memory, offset, block(maps), channels(maps.channels()), rowCount, width(maps), precision);
  }
}
