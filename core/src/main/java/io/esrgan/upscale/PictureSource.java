package io.esrgan.upscale;

import io.esrgan.exec.RowSource;
import io.esrgan.image.Picture;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Planes of a picture that comes in pieces, as a network takes them. */
final class PictureSource implements RowSource {
  private final Pieces pieces;
  private final Function<Picture, Tensor> planes;
  private Picture piece;
  private int used; // rows of it

  /** Where the pieces come from. */
  @FunctionalInterface
  interface Pieces {
    /**
     * The rows below those that came before; after the last the first again.
     *
     * @param wanted how many are wanted at the moment; more or less may come
     */
    Picture next(int wanted) throws IOException;
  }

  /**
   * @param planes makes (1, c, rows, width) of rows
   */
  PictureSource(Pieces pieces, Function<Picture, Tensor> planes) {
    this.pieces = pieces;
    this.planes = planes;
  }

  @Override
  public Tensor rows(int from, int count) throws IOException {
    List<Tensor> parts = new ArrayList<>();
    for (int missing = count; missing > 0; ) {
      if (piece == null || used == piece.height()) {
        piece = pieces.next(missing);
        used = 0;
      }
      int there = Math.min(missing, piece.height() - used);
      parts.add(
          planes.apply(
              there == piece.height() ? piece : piece.crop(0, used, piece.width(), there)));
      used += there;
      missing -= there;
    }
    return parts.size() == 1 ? parts.get(0) : Tensor.concatenate(2, parts);
  }

  @Override
  public void restart() {
    if (piece != null && used < piece.height()) {
      throw new IllegalStateException(
          "%d rows were not asked for".formatted(piece.height() - used));
    }
  }
}
