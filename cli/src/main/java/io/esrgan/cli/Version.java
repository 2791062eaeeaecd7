package io.esrgan.cli;

import io.esrgan.tensor.Engine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  private static final String UNPACKED = "(not packed)";

  @Override
  public String[] getVersion() {
    String packed = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "esrgan " + (packed == null ? UNPACKED : packed),
      "%s, Java %s (%s), %s %s"
          .formatted(
              Engine.version(),
              System.getProperty("java.version"),
              System.getProperty("java.vendor"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
