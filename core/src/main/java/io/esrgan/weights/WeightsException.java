package io.esrgan.weights;

import java.io.IOException;
import java.util.Objects;

/**
 * A weight file cannot be used. The message is one line: what was wrong, where, and what to do.
 *
 * <p>Where a file's names or shapes do not fit a network, {@link #tree()} says which, in a few
 * lines.
 */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1;

  private final String tree;

  WeightsException(String message) {
    this(message, "");
  }

  WeightsException(String message, String tree) {
    super(Quote.printable(message));
    this.tree = Objects.requireNonNull(tree, "tree");
  }

  /** What is missing, unexpected or of another shape, indented lines; empty where none of that. */
  public String tree() {
    return tree;
  }
}
