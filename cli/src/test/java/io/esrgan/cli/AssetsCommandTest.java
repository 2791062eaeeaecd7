package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.esrgan.asset.Asset;
import io.esrgan.asset.Assets;
import io.esrgan.asset.Checksum;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AssetsCommandTest {
  private static final String TEXT = "these are weights";

  @TempDir Path temporary;
  private Path folder;
  private Path source;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    folder = temporary.resolve("assets");
    source = Files.writeString(temporary.resolve("download.pth"), TEXT);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = TEXT.getBytes(StandardCharsets.UTF_8);
            boolean known = exchange.getRequestURI().getPath().equals("/good.pth");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
            if (known) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Asset asset(String name) throws IOException {
    URI address =
        URI.create("http://127.0.0.1:%d/%s.pth".formatted(server.getAddress().getPort(), name));
    return new Asset(
        name,
        name + ".pth",
        "a test",
        "CC0",
        Optional.of(address),
        "here",
        new Checksum(Weights.sha256(source)),
        OptionalLong.of(TEXT.length()),
        Optional.empty());
  }

  /** Runs {@code esrgan assets} on assets of this test. */
  private CommandRun run(Object... arguments) throws IOException {
    CommandLine line = Main.commandLine();
    AssetsCommand command = line.getSubcommands().get("assets").getCommand();
    command.use(Assets.at(folder, List.of(asset("good"), asset("bad"))));
    Object[] all = new Object[arguments.length + 1];
    all[0] = "assets";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(line, all);
  }

  @Test
  void aloneItListsWhatIsKnown() throws IOException {
    CommandRun run = run().succeeds();
    assertThat(run.out().lines().map(line -> line.replaceAll("\\s+", " ")))
        .containsExactly(
            "name here size licence for",
            "good no 17 bytes CC0 a test",
            "bad no 17 bytes CC0 a test",
            "",
            "folder: " + folder);
    assertThat(run("list").succeeds().out()).isEqualTo(run.out());
  }

  @Test
  void theStandardOnesAreListedFromTheFolderThatIsNamed() {
    try (AssetsIn assets = new AssetsIn(folder)) {
      assertThat(CommandRun.of("assets").succeeds().out())
          .contains("vgg19", "548.1 MB", "BSD-3-Clause", "no, to be added", "folder: " + folder);
      assertThat(CommandRun.of("assets", "path", "niqe").fails(ExitCode.FAILED).err())
          .contains("esrgan assets fetch niqe", folder.resolve("niqe_pris_params.npz").toString())
          .hasLineCount(1);
    }
  }

  @Test
  void fetchesAndTellsWhere() throws IOException {
    assertThat(run("fetch", "good").succeeds().out())
        .contains("good -> " + folder.resolve("good.pth"), "17 bytes", "verified");
    assertThat(run("list").out().lines()).anyMatch(line -> line.matches("good +verified .*"));
    assertThat(run("path", "good").succeeds().out().strip())
        .isEqualTo(folder.resolve("good.pth").toString());
    server.stop(0);
    run("fetch", "good").succeeds();
  }

  @Test
  void whatCannotBeFetchedIsToldAndTheOthersAreFetched() throws IOException {
    assertThat(run("fetch", "bad").fails(ExitCode.FAILED).err())
        .contains("cannot fetch bad", "HTTP 404")
        .hasLineCount(1);
    CommandRun run = run("fetch", "bad", "good").fails(ExitCode.DONE_IN_PART);
    assertThat(run.err()).contains("cannot fetch bad", "HTTP 404").hasLineCount(1);
    assertThat(run.out()).contains("good -> ");
  }

  @Test
  void nothingIsFetchedIfOneNameIsUnknown() throws IOException {
    assertThat(run("fetch", "good", "bed").fails(ExitCode.WRONG_USAGE).err())
        .contains("did you mean bad?")
        .hasLineCount(1);
    assertThat(folder).doesNotExist();
  }

  @Test
  void addsFromTheDisk() throws IOException {
    assertThat(run("add", "bad", source).succeeds().out())
        .contains("bad -> " + folder.resolve("bad.pth"), "verified");
    assertThat(folder.resolve("bad.pth")).hasContent(TEXT);
  }

  @Test
  void addsNoWrongFile() throws IOException {
    Path wrong = Files.writeString(temporary.resolve("wrong.pth"), "no");
    assertThat(run("add", "bad", wrong).fails(ExitCode.FAILED).err())
        .contains(wrong + " is not bad", Weights.sha256(wrong), Weights.sha256(source))
        .hasLineCount(1);
    assertThat(run("add", "bad", temporary.resolve("none")).fails(ExitCode.FAILED).err())
        .contains("there is no file");
    assertThat(folder.resolve("bad.pth")).doesNotExist();
  }

  @Test
  void partsHaveHelpWithAnExample() throws IOException {
    for (String part : List.of("list", "fetch", "add", "path")) {
      assertThat(run(part, "--help").succeeds().out())
          .startsWith("Usage: esrgan assets " + part)
          .contains("Example", "Exit codes");
    }
  }
}
