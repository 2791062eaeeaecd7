package io.esrgan.tensor;

import org.bytedeco.dnnl.memory;

/** How oneDNN is told where feature maps lie. */
final class Layouts {
  /** Numbers of bfloat16 in a row of a tile, for the units that multiply whole tiles (AMX). */
  static final int TILE = 32;

  private Layouts() {}

  /** A layout, comparable by {@code equals}, as oneDNN's own are not. */
  interface Layout {
    memory.desc layout();
  }

  /** Channels in blocks, rows without gaps. */
  record Blocked(int block, int channels, int rows, int width, Precision precision)
      implements Layout {
    @Override
    public memory.desc layout() {
      return new memory.desc(
          new long[] {1, channels, rows, width}, type(precision), tag(block), false);
    }

    /** Of the first channels; those that fill up the last block are none of them. */
    static Blocked of(int channels, FeatureBlocks maps) {
      if (!maps.isDense() || channels > maps.channels()) {
        throw new IllegalArgumentException("%d channels of %s".formatted(channels, maps));
      }
      return new Blocked(maps.block(), channels, maps.rows(), maps.width(), maps.precision());
    }
  }

  /** (channels, rows, width) in float32. */
  record Planes(int channels, int rows, int width) implements Layout {
    @Override
    public memory.desc layout() {
      return new memory.desc(
          new long[] {1, channels, rows, width},
          memory.data_type.f32,
          memory.format_tag.nchw,
          false);
    }

    long bytes() {
      return (long) channels * rows * width * Float.BYTES;
    }
  }

  /** Blocks as the depth of a volume. */
  static memory.desc volume(int block, int blocks, int rows, int width, Precision precision) {
    return new memory.desc(
        new long[] {1, block, blocks, rows, width},
        type(precision),
        memory.format_tag.ndhwc,
        false);
  }

  private static memory.format_tag tag(int block) {
    return switch (block) {
      case 8 -> memory.format_tag.nChw8c;
      case 16 -> memory.format_tag.nChw16c;
      case TILE -> memory.format_tag.nChw32c;
      default -> throw new IllegalArgumentException("blocks of " + block + " channels");
    };
  }

  /**
   * (blocks, rows, width, block), of which a window may be a part, or every second row or column.
   *
   * @param pitch numbers from one block of channels to the next
   * @param rowPitch numbers from row to row
   * @param columnPitch numbers from pixel to pixel
   * @param type of the numbers
   */
  record Lines(
      int blocks,
      int rows,
      int width,
      int block,
      long pitch,
      long rowPitch,
      long columnPitch,
      memory.data_type type)
      implements Layout {

    static Lines of(FeatureBlocks maps) {
      long line = (long) maps.width() * maps.block();
      return new Lines(
          maps.blocks(),
          maps.rows(),
          maps.width(),
          maps.block(),
          line * (maps.blocks() == 1 ? maps.rows() : maps.pitch()),
          line,
          maps.block(),
          Layouts.type(maps.precision()));
    }

    /** As many columns of others, which are as wide or wider. */
    Lines among(FeatureBlocks others) {
      Lines all = of(others);
      return new Lines(
          blocks, rows, width, block, all.pitch, all.rowPitch, all.columnPitch, all.type);
    }

    Lines everySecondRow() {
      return new Lines(blocks, rows / 2, width, block, pitch, 2 * rowPitch, columnPitch, type);
    }

    Lines everySecondColumn() {
      return new Lines(blocks, rows, width / 2, block, pitch, rowPitch, 2 * columnPitch, type);
    }

    /**
     * For a copy to or from others, which needs bits only where both have the same numbers: those
     * of 16 bits in words of 32, which oneDNN copies twice as fast.
     */
    Lines copiedWith(Lines others) {
      return type == memory.data_type.bf16 && others.type == type
          ? new Lines(
              blocks,
              rows,
              width,
              block / 2,
              pitch / 2,
              rowPitch / 2,
              columnPitch / 2,
              memory.data_type.s32)
          : this;
    }

    @Override
    public memory.desc layout() {
      return new memory.desc(
          new long[] {blocks, rows, width, block},
          type,
          new long[] {pitch, rowPitch, columnPitch, 1},
          false);
    }
  }

  /**
   * Several of the same kind.
   *
   * @param step bytes from one to the next
   */
  record Each(int count, long step, Lines lines) implements Layout {
    @Override
    public memory.desc layout() {
      long pitch = step / memory.data_type_size(lines.type);
      return new memory.desc(
          new long[] {count, lines.blocks, lines.rows, lines.width, lines.block},
          lines.type,
          new long[] {pitch, lines.pitch, lines.rowPitch, lines.columnPitch, 1},
          false);
    }
  }

  static memory.data_type type(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> memory.data_type.f32;
      case BFLOAT16 -> memory.data_type.bf16;
    };
  }
}
