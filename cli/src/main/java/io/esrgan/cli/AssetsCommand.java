package io.esrgan.cli;

import io.esrgan.asset.Asset;
import io.esrgan.asset.AssetException;
import io.esrgan.asset.AssetState;
import io.esrgan.asset.Assets;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan assets}: weights and other files that are fetched or brought, not shipped. */
@Command(
    name = "assets",
    customSynopsis = "esrgan assets [list | fetch NAME... | add NAME FILE | path NAME]",
    description = {
      "Lists, fetches and adds the files that do not come inside: weights of other networks, and"
          + " what measures need.",
      "",
      "They lie in one folder: the one that the variable ESRGAN_ASSETS names, else esrgan in the"
          + " user's folder for caches. Each is held to its SHA-256 before it is used. Nothing is"
          + " fetched but by \"fetch\". Alone, the command lists."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan assets                                what is known, and what is here",
      "  esrgan assets fetch vgg19 niqe",
      "  esrgan assets add vgg19 vgg19-dcbb9e9d.pth   where there is no network",
      "  esrgan upscale old.jpg -m $(esrgan assets path RealESRGAN_x4plus)"
    })
final class AssetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Asked when a command runs; a test may put its own here. */
  private Supplier<Assets> source = Assets::standard;

  void use(Assets assets) {
    source = () -> assets;
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      name = "list",
      description = {
        "Lists the assets that are known, and what of them is here.",
        "",
        "\"verified\" is a file with the SHA-256 that is known of it."
      },
      footer = {"", "Example:", "  esrgan assets list"})
  int list() {
    Assets assets = source.get();
    List<List<Object>> rows = new ArrayList<>();
    for (Asset asset : assets.list()) {
      rows.add(
          List.of(
              asset.name(),
              state(assets.state(asset), asset),
              asset.size().isPresent() ? Phrases.size(asset.size().getAsLong()) : "?",
              asset.licence(),
              asset.purpose()));
    }
    Table table =
        new Table(
            List.of(
                Column.text("name"),
                Column.text("here"),
                Column.text("size"),
                Column.text("licence"),
                Column.text("for")),
            rows,
            List.of("folder: " + assets.folder()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.text());
    out.flush();
    return ExitCode.DONE;
  }

  private static String state(AssetState state, Asset asset) {
    return switch (state) {
      case ABSENT -> asset.address().isPresent() ? "no" : "no, to be added";
      case STARTED -> "in part";
      case UNCHECKED -> "not yet checked";
      case UNVERIFIED -> "unverified";
      case VERIFIED ->
          asset.checksum().isWhole()
              ? "verified"
              : "verified, %d digits".formatted(asset.checksum().digits().length());
    };
  }

  @Command(
      name = "fetch",
      description = {
        "Fetches assets from their addresses, and verifies them.",
        "",
        "A fetch that was broken off goes on where it stopped. What proves wrong is deleted."
      },
      footer = {"", "Example:", "  esrgan assets fetch vgg19 niqe"})
  int fetch(
      @Parameters(paramLabel = "NAME", arity = "1..*", description = "Assets, as list names them.")
          List<String> names)
      throws IOException {
    Assets assets = source.get();
    List<Asset> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(named(assets, name));
    }
    Console console = new Console(spec, false);
    if (wanted.size() == 1) {
      fetch(assets, wanted.get(0), console);
      return ExitCode.DONE;
    }
    int done = 0;
    for (Asset asset : wanted) {
      try {
        fetch(assets, asset, console);
        done++;
      } catch (AssetException e) {
        console.error(Failures.message(e), e);
      }
    }
    return ExitCode.of(done, wanted.size() - done);
  }

  private static void fetch(Assets assets, Asset asset, Console console) throws IOException {
    try (FetchMeter meter = new FetchMeter(console, asset.name())) {
      assets.fetch(asset.name(), meter);
    }
    report(assets, asset, console);
  }

  @Command(
      name = "add",
      description = {
        "Copies a file from the disk into the folder of assets, and verifies it.",
        "",
        "For machines without a network, and for assets that cannot be fetched."
      },
      footer = {"", "Example:", "  esrgan assets add vgg19 Downloads/vgg19-dcbb9e9d.pth"})
  int add(
      @Parameters(paramLabel = "NAME", description = "An asset, as list names it.") String name,
      @Parameters(paramLabel = "FILE", description = "Its file, of whatever name.") Path file)
      throws IOException {
    Assets assets = source.get();
    Asset asset = named(assets, name);
    assets.add(name, file);
    report(assets, asset, new Console(spec, false));
    return ExitCode.DONE;
  }

  @Command(
      name = "path",
      description = "Prints where the verified file of an asset lies.",
      footer = {
        "",
        "Example:",
        "  esrgan upscale old.jpg -m $(esrgan assets path RealESRGAN_x4plus)"
      })
  int path(
      @Parameters(paramLabel = "NAME", description = "An asset, as list names it.") String name)
      throws IOException {
    Assets assets = source.get();
    new Console(spec, false).line(assets.require(named(assets, name).name()).toString());
    return ExitCode.DONE;
  }

  private Asset named(Assets assets, String name) {
    try {
      return assets.named(name);
    } catch (AssetException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void report(Assets assets, Asset asset, Console console) throws IOException {
    Path file = assets.require(asset.name());
    console.line(
        "%s -> %s  %s, %s"
            .formatted(
                asset.name(),
                file,
                Phrases.size(Files.size(file)),
                state(assets.state(asset), asset)));
  }
}
