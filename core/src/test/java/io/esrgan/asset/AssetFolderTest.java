package io.esrgan.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFolderTest {
  @TempDir Path folder;

  private static Path standard(Map<String, String> properties, Map<String, String> variables) {
    return AssetFolder.standard(properties::get, variables::get);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void isTheOneThatIsNamed() {
    Map<String, String> variables =
        Map.of("ESRGAN_ASSETS", path("variable"), "XDG_CACHE_HOME", path("caches"));
    assertThat(standard(Map.of("user.home", path("home")), variables))
        .hasToString(path("variable"));
    assertThat(standard(Map.of("esrgan.assets", path("property")), variables))
        .hasToString(path("property"));
  }

  @Test
  void isElseWithTheCaches() {
    Map<String, String> properties = Map.of("user.home", path("home"), "os.name", "Linux");
    assertThat(standard(properties, Map.of()))
        .isEqualTo(folder.resolve("home").resolve(".cache").resolve("esrgan"));
    assertThat(standard(properties, Map.of("XDG_CACHE_HOME", path("caches"))))
        .isEqualTo(folder.resolve("caches").resolve("esrgan"));
    assertThat(standard(properties, Map.of("XDG_CACHE_HOME", "relative", "ESRGAN_ASSETS", " ")))
        .isEqualTo(folder.resolve("home").resolve(".cache").resolve("esrgan"));
  }

  @Test
  void isElseWithTheLocalDataOnWindows() {
    Map<String, String> properties = Map.of("user.home", path("home"), "os.name", "Windows 11");
    assertThat(standard(properties, Map.of("LOCALAPPDATA", path("local"))))
        .isEqualTo(folder.resolve("local").resolve("esrgan"));
    assertThat(standard(properties, Map.of()))
        .isEqualTo(folder.resolve("home").resolve("AppData").resolve("Local").resolve("esrgan"));
  }
}
