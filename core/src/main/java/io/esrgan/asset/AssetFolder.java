package io.esrgan.asset;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where assets lie unless a folder is named, by what the system says. */
final class AssetFolder {
  private AssetFolder() {}

  /**
   * The property {@code esrgan.assets}, else the variable {@code ESRGAN_ASSETS}, else the folder
   * for caches of this kind of system.
   *
   * @param property gives a property of Java, or null
   * @param variable gives a variable of the environment, or null
   */
  static Path standard(UnaryOperator<String> property, UnaryOperator<String> variable) {
    return named(property, "esrgan.assets")
        .or(() -> named(variable, "ESRGAN_ASSETS"))
        .orElseGet(() -> caches(property, variable).resolve("esrgan"));
  }

  private static Path caches(UnaryOperator<String> property, UnaryOperator<String> variable) {
    Path home = Path.of(named(property, "user.home").map(Path::toString).orElse("."));
    if (Optional.ofNullable(property.apply("os.name")).orElse("").startsWith("Windows")) {
      return named(variable, "LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
    }
    return named(variable, "XDG_CACHE_HOME")
        .filter(Path::isAbsolute) // its specification has relative ones ignored
        .orElse(home.resolve(".cache"));
  }

  private static Optional<Path> named(UnaryOperator<String> source, String key) {
    return Optional.ofNullable(source.apply(key)).filter(path -> !path.isBlank()).map(Path::of);
  }
}
