package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.io.IOException;

/** A picture that comes in rows, such as a file that is decoded as it is read. */
public interface RowSource {

  /**
   * The next rows. They are asked for in ascending order, each once; after {@link #restart()} once
   * more. No row is asked for a second time because a strip is repeated: the executor has it still.
   *
   * @param from the row after the last that was given, or 0
   * @param count how many
   * @return (1, c, count, width) float32 on the CPU, in [0, 1]; may be reused for the next rows
   */
  Tensor rows(int from, int count) throws IOException;

  /** Begins again with the first row: called before every band but the first. */
  void restart() throws IOException;

  /** A picture in memory, (1, c, h, w). */
  static RowSource of(Tensor picture) {
    return new RowSource() {
      @Override
      public Tensor rows(int from, int count) {
        return picture.slice(2, from, count);
      }

      @Override
      public void restart() {}
    };
  }
}
