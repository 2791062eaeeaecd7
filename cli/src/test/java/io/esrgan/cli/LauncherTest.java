package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a program that echoes and a Maven that only pretends. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Map<String, String> JAVA_TELLS_CLASSES =
      Map.of("ESRGAN_JAVA_OPTS", "-Xlog:class+load:stdout");

  @TempDir Path folder;
  private Path root;
  private Path tools;

  /** What the launcher starts here instead of the command line. */
  static final class Echo {
    public static void main(String[] arguments) {
      for (String argument : arguments) {
        System.out.println("<" + argument + ">");
      }
      System.out.println("terminal=" + System.getProperty("esrgan.terminal"));
      System.out.println("extra=" + System.getProperty("extra"));
      boolean fails = Arrays.asList(arguments).contains(System.getProperty("fails.for"));
      System.exit(fails ? Integer.getInteger("fails.with", 3) : arguments.length == 0 ? 3 : 0);
    }
  }

  private record Launched(int code, String output) {}

  @BeforeEach
  void makeTree() throws IOException {
    root = folder.resolve("a tree with spaces");
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.copy(Path.of("..", "esrgan"), root.resolve("esrgan"));
    root.resolve("esrgan").toFile().setExecutable(true);
    tools = Files.createDirectory(folder.resolve("tools"));
    script(
        tools.resolve("mvn"), "echo built >>\"$PWD/builds\"; cp ready.jar cli/target/esrgan.jar");
    jar(root.resolve("ready.jar"));
  }

  private static void jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    String name = Echo.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry(name));
      Echo.class.getClassLoader().getResourceAsStream(name).transferTo(jar);
    }
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    file.toFile().setExecutable(true);
  }

  private Launched launch(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Launched(process.waitFor(), output);
  }

  private int builds() throws IOException {
    Path builds = root.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void buildsOnFirstUseAndAfterAChangeOnly() throws IOException, InterruptedException {
    Launched first = launch(root.resolve("esrgan"), Map.of(), "hello");
    assertThat(first.output()).startsWith("Building esrgan (first use").contains("<hello>");
    assertThat(launch(root.resolve("esrgan"), Map.of(), "hello").output()).startsWith("<hello>");
    assertThat(builds()).isEqualTo(1);
    Path source = Files.createFile(root.resolve("cli/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(launch(root.resolve("esrgan"), Map.of(), "hello").output())
        .startsWith("Building esrgan (its sources");
    assertThat(builds()).isEqualTo(2);
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("cli/target"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("classes")).toList();
    }
  }

  @Test
  void keepsLoadedClassesForEachBuild() throws IOException, InterruptedException {
    Path library = Files.createDirectories(root.resolve("cli/target/lib")).resolve("some.jar");
    jar(library);
    assertThat(launch(root.resolve("esrgan"), Map.of(), "info").output())
        .doesNotContain("Preparing");
    assertThat(launch(root.resolve("esrgan"), Map.of(), "upscale").output())
        .contains("Preparing esrgan for Java", "<upscale>");
    assertThat(archives()).hasSize(1).first().satisfies(file -> assertThat(file).isNotEmptyFile());
    Launched shared = launch(root.resolve("esrgan"), JAVA_TELLS_CLASSES, "upscale");
    assertThat(shared.output())
        .contains("shared objects file (top)", "<upscale>")
        .doesNotContain("Preparing");
    Files.setLastModifiedTime(library, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(launch(root.resolve("esrgan"), Map.of(), "upscale").output()).contains("Preparing");
  }

  @Test
  void runsWithoutLoadedClassesWhereTheyCannotBeKept() throws IOException, InterruptedException {
    Map<String, String> fails = Map.of("JAVA_TOOL_OPTIONS", "-Dfails.for=-o");
    Launched first = launch(root.resolve("esrgan"), fails, "upscale");
    assertThat(first.output()).contains("<upscale>");
    assertThat(archives()).hasSize(1).first().satisfies(file -> assertThat(file).isEmptyFile());
    Launched second = launch(root.resolve("esrgan"), JAVA_TELLS_CLASSES, "upscale");
    assertThat(second.output())
        .contains("<upscale>")
        .doesNotContain("Preparing", "shared objects file (top)");
  }

  @Test
  void whoStopsThePreparationStopsAll() throws IOException, InterruptedException {
    Map<String, String> stops = Map.of("JAVA_TOOL_OPTIONS", "-Dfails.for=-o -Dfails.with=130");
    Launched stopped = launch(root.resolve("esrgan"), stops, "upscale");
    assertThat(stopped.code()).isEqualTo(130);
    assertThat(stopped.output()).doesNotContain("<upscale>");
    assertThat(archives()).isEmpty();
  }

  @Test
  void passesArgumentsAndTheExitCodeOnWhole() throws IOException, InterruptedException {
    Launched run = launch(root.resolve("esrgan"), Map.of(), "two words", "", "*", "$x", "--");
    assertThat(run.output()).contains("<two words>", "<>", "<*>", "<$x>", "<-->");
    assertThat(run.code()).isZero();
    assertThat(launch(root.resolve("esrgan"), Map.of()).code()).isEqualTo(3);
  }

  @Test
  void lettersOfAnyScriptSurviveALocaleThatHasNone() throws IOException, InterruptedException {
    for (String locale : List.of("C", "POSIX", "", "xx_XX.UTF-8")) {
      Launched run = launch(root.resolve("esrgan"), Map.of("LC_ALL", locale), "größe 写真.png");
      assertThat(run.output()).as("locale %s", locale).contains("<größe 写真.png>");
    }
  }

  @Test
  void worksThroughSymbolicLinksFromAnyFolder() throws IOException, InterruptedException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("direct"), root.resolve("esrgan"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("../a tree with spaces/esrgan"));
    Files.createSymbolicLink(bin.resolve("chain"), Path.of("relative"));
    for (String name : List.of("direct", "relative", "chain")) {
      assertThat(launch(bin.resolve(name), Map.of(), name).output()).contains("<" + name + ">");
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void javaGetsTheOptionsOfTheUser() throws IOException, InterruptedException {
    Map<String, String> options = Map.of("ESRGAN_JAVA_OPTS", "-Dextra=yes -Xmx64m");
    assertThat(launch(root.resolve("esrgan"), options, "x").output())
        .contains("extra=yes", "terminal=false");
  }

  @Test
  void aWrongJavaIsToldInOneLine() throws IOException, InterruptedException {
    Path old = Files.createDirectories(folder.resolve("old/bin")).getParent();
    script(old.resolve("bin/java"), "echo should not be run");
    Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
    Launched tooOld = launch(root.resolve("esrgan"), Map.of("JAVA_HOME", old.toString()));
    assertThat(tooOld.output()).contains("Java 11.0.2, 17 or newer is needed").hasLineCount(1);
    assertThat(tooOld.code()).isEqualTo(ExitCode.FAILED);
    Launched none = launch(root.resolve("esrgan"), Map.of("JAVA_HOME", "/nowhere"));
    assertThat(none.output()).contains("JAVA_HOME is /nowhere").hasLineCount(1);
  }

  @Test
  void aBuildThatFailsOrCannotBeDoneIsTold() throws IOException, InterruptedException {
    script(tools.resolve("mvn"), "echo what maven says; exit 1");
    Launched failed = launch(root.resolve("esrgan"), Map.of());
    assertThat(failed.output()).contains("what maven says", "the build failed");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    Files.delete(tools.resolve("mvn"));
    for (String name : List.of("find", "head", "mkdir", "readlink", "locale", "flock", "bash")) {
      Path tool = Path.of("/usr/bin", name);
      if (Files.exists(tool)) {
        script(tools.resolve(name), "exec %s \"$@\"".formatted(tool));
      }
    }
    Launched missing = launch(root.resolve("esrgan"), Map.of("PATH", tools.toString()));
    assertThat(missing.output()).contains("no mvn on the PATH").hasLineCount(1);
  }
}
