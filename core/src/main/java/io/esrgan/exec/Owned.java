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
    for (int i = things.size() - 1; i >= 0; i--) {
      try {
        things.get(i).close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    things.clear();
  }
}
