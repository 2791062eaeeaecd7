package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.util.Optional;

/**
 * A network on its way over one picture, from its first row to its last.
 *
 * <p>Belongs to the thread that began it, and holds memory until it is closed. It may be closed
 * before its last row.
 */
public interface Passage extends AutoCloseable {

  /**
   * Takes in the next rows, and gives what has become final by them. What depends on rows that have
   * not come yet follows later; after the last rows, {@link #rest} gives what is left.
   *
   * <p>All or nothing: if this throws, the passage is as it was, and the same rows can be given
   * again in smaller portions.
   *
   * @param rows (1, c, r, w) float32 on the CPU: r is the passage's strip height, or less
   * @return (1, c', r', scale w) float32 on the CPU, the next rows of the result, not yet judged
   *     finite; the caller's scope owns it. Empty if there are none yet.
   */
  Optional<Tensor> advance(Tensor rows);

  /**
   * After the last rows: the next rows of the result, as {@link #advance} gives them; empty once
   * all have been given.
   */
  default Optional<Tensor> rest() {
    return Optional.empty();
  }

  @Override
  void close();
}
