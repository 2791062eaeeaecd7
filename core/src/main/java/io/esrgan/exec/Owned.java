package io.esrgan.exec;

import java.util.ArrayList;
import java.util.List;

/** Things that are closed together, the latest first. */
final class Owned implements AutoCloseable {
  private final List<AutoCloseable> things = new ArrayList<>();

  /** Takes one over. */
  <T extends AutoCloseable> T add(T thing) {
    things.add(thing);
    return thing;
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (int i = things.size() - 1; i >= 0; i--) {
      try {
        things.get(i).close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException(e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    things.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
