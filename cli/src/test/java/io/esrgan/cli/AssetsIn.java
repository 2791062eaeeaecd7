package io.esrgan.cli;

import java.nio.file.Path;

/** Has commands look for assets in a folder until it is closed. */
final class AssetsIn implements AutoCloseable {
  private static final String FOLDER = "esrgan.assets";

  private final String before = System.getProperty(FOLDER);

  AssetsIn(Path folder) {
    System.setProperty(FOLDER, folder.toString());
  }

  @Override
  public void close() {
    if (before == null) {
      System.clearProperty(FOLDER);
    } else {
      System.setProperty(FOLDER, before);
    }
  }
}
