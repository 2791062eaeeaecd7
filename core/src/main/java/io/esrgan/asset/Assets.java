package io.esrgan.asset;

import io.esrgan.file.LockFile;
import io.esrgan.file.WholeFile;
import io.esrgan.text.Spelling;
import io.esrgan.weights.WeightKind;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files that are fetched or brought, not shipped: weights of other people's networks, and what
 * measures need. They are known by name and lie in one folder.
 *
 * <p>{@link #require} never goes to the network: where a file is missing it says what to put where.
 * A file counts only after its SHA-256 was compared with what is known of it. That is done when it
 * comes, and again only if its size or time has changed since ({@link Stamp}).
 *
 * <p>May be used by several threads and processes at once: one fetches or adds a file, the others
 * are told so, and nobody sees half a file under its final name.
 */
public final class Assets {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Asset> known;
  private final Duration patience;

  Assets(Path folder, List<Asset> known, Duration patience) {
    this.folder = folder;
    this.known = List.copyOf(known);
    this.patience = patience;
  }

  /**
   * The assets that the project knows, in the folder that the property {@code esrgan.assets} or the
   * variable {@code ESRGAN_ASSETS} names; else in {@code esrgan} in the user's folder for caches:
   * {@code $XDG_CACHE_HOME}, {@code ~/.cache}, or on Windows {@code %LOCALAPPDATA%}.
   */
  public static Assets standard() {
    return at(AssetFolder.standard(System::getProperty, System::getenv));
  }

  /** The assets that the project knows, in a folder, which need not exist yet. */
  public static Assets at(Path folder) {
    return at(folder, Catalogue.STANDARD);
  }

  /** Assets of one's own, in a folder, which need not exist yet. */
  public static Assets at(Path folder, List<Asset> known) {
    return new Assets(folder, known, PATIENCE);
  }

  /** Where the files lie. */
  public Path folder() {
    return folder;
  }

  /** All that is known, in the order of the catalogue, whether its file is there or not. */
  public List<Asset> list() {
    return known;
  }

  /**
   * What is known under a name; upper and lower case are the same.
   *
   * @throws AssetException if nothing is, with the name that was probably meant
   */
  public Asset named(String name) throws AssetException {
    for (Asset asset : known) {
      if (asset.name().equalsIgnoreCase(name)) {
        return asset;
      }
    }
    List<String> names = known.stream().map(Asset::name).toList();
    throw new AssetException(
        "there is no asset \"%s\"; %s"
            .formatted(
                name,
                Spelling.nearest(name, names)
                    .map("did you mean %s?"::formatted)
                    .orElse("known are " + String.join(", ", names))));
  }

  /** What is in the folder of an asset; looks at names and times only. */
  public AssetState state(Asset asset) {
    Path file = file(asset);
    if (!Files.isRegularFile(file)) {
      return Files.isRegularFile(part(asset)) ? AssetState.STARTED : AssetState.ABSENT;
    }
    try {
      return !isStamped(asset, file)
          ? AssetState.UNCHECKED
          : asset.checksum().isKnown() ? AssetState.VERIFIED : AssetState.UNVERIFIED;
    } catch (IOException e) {
      return AssetState.UNCHECKED;
    }
  }

  /**
   * A file of the user's, or an asset by its name.
   *
   * @throws AssetException if it is neither, as {@link #require} has it
   */
  public Path fileOrAsset(String fileOrName) throws AssetException {
    Path file = Path.of(fileOrName);
    return Files.isRegularFile(file) ? file : require(fileOrName);
  }

  /**
   * The file of an asset, verified. It may have been put there by hand.
   *
   * @throws AssetException if it is missing or not what it should be, with what to put where
   */
  public Path require(String name) throws AssetException {
    Asset asset = named(name);
    Path file = file(asset);
    if (!Files.isRegularFile(file)) {
      throw new AssetException(missing(asset));
    }
    try {
      verify(asset, file);
    } catch (AssetException e) {
      throw e;
    } catch (IOException e) {
      throw new AssetException("cannot read %s: %s".formatted(file, WholeFile.reason(e)), e);
    }
    return file;
  }

  /**
   * Brings an asset from its address, unless it is there already, and verifies it. What came before
   * a failure is kept, and the next attempt goes on from there, unless it proved wrong.
   *
   * @throws AssetException if it cannot be brought, with what else can be done
   */
  public Path fetch(String name, Progress progress) throws AssetException {
    Asset asset = named(name);
    if (state(asset) == AssetState.VERIFIED) {
      return file(asset);
    }
    if (asset.address().isEmpty()) {
      return require(name); // or the error that says how to bring it
    }
    URI address = asset.address().get();
    try (LockFile lock = lock(asset)) {
      if (!isWhole(asset)) { // another may have brought it before this had the lock
        Path part = part(asset);
        new Download(address, part, asset.size().orElse(0), patience, progress).run();
        accept(asset, part);
      }
      return file(asset);
    } catch (AssetException e) {
      throw e;
    } catch (IOException e) {
      throw new AssetException(
          "cannot fetch %s: %s; %s, or %s"
              .formatted(asset.name(), WholeFile.reason(e), again(asset), byHand(asset)),
          e);
    }
  }

  /**
   * Copies a file from the disk into its place, whole or not at all, and verifies it.
   *
   * @throws AssetException if it is not the file that is meant, or cannot be copied
   */
  public Path add(String name, Path source) throws AssetException {
    Asset asset = named(name);
    Path file = file(asset);
    if (!Files.isRegularFile(source)) {
      throw new AssetException("there is no file %s; check the name".formatted(source));
    }
    try (LockFile lock = lock(asset)) {
      check(asset, source, Weights.sha256(source));
      if (!Files.exists(file) || !Files.isSameFile(file, source)) {
        WholeFile.replace(file, out -> Files.copy(source, out));
      }
      Files.deleteIfExists(Stamp.beside(file));
      verify(asset, file);
      Files.deleteIfExists(part(asset));
      return file;
    } catch (AssetException e) {
      throw e;
    } catch (IOException e) {
      throw new AssetException(
          "cannot add %s from %s: %s".formatted(asset.name(), source, WholeFile.reason(e)), e);
    }
  }

  private boolean isWhole(Asset asset) throws IOException {
    Path file = file(asset);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      verify(asset, file);
      return true;
    } catch (AssetException e) {
      return false; // the right one is to replace it
    }
  }

  /** Moves the part into place if it is the file that is meant; deletes it if it is not. */
  private void accept(Asset asset, Path part) throws IOException {
    String sha256 = Weights.sha256(part);
    try {
      check(asset, part, sha256);
    } catch (AssetException e) {
      Files.deleteIfExists(part);
      throw new AssetException(
          "what came from %s is not %s, and was deleted: %s; fetch it again, or %s"
              .formatted(
                  asset.address().orElseThrow(), asset.name(), e.getMessage(), byHand(asset)),
          e);
    }
    WholeFile.moveOver(part, file(asset));
    stamp(file(asset), sha256);
  }

  /** Looks through a file, unless it is as it was when that was last done. */
  private void verify(Asset asset, Path file) throws IOException {
    if (isStamped(asset, file)) {
      return;
    }
    String sha256 = Weights.sha256(file);
    Optional<Stamp> before = Stamp.read(file);
    if (!asset.checksum().isKnown() && before.isPresent()) {
      if (!before.get().sha256().equals(sha256)) {
        throw new AssetException(
            "%s has changed: its SHA-256 was %s and is %s; add it again if it is right: esrgan assets"
                    .formatted(file, before.get().sha256(), sha256)
                + " add %s FILE".formatted(asset.name()));
      }
    } else {
      try {
        check(asset, file, sha256);
      } catch (AssetException e) {
        throw new AssetException(
            "%s; delete it, then %s, or %s"
                .formatted(e.getMessage(), byCommand(asset), byHand(asset)),
            e);
      }
    }
    stamp(file, sha256);
  }

  private static boolean isStamped(Asset asset, Path file) throws IOException {
    Optional<Stamp> stamp = Stamp.read(file);
    return stamp.isPresent()
        && asset.checksum().accepts(stamp.get().sha256())
        && stamp.get().fits(file);
  }

  private static void stamp(Path file, String sha256) {
    try {
      Stamp.of(sha256, file).write(file);
    } catch (IOException e) {
      // The folder cannot be written: the file is looked through again each time.
    }
  }

  /** Holds a file to what is known of an asset. */
  private static void check(Asset asset, Path file, String sha256) throws IOException {
    if (!asset.checksum().accepts(sha256)) {
      throw new AssetException(
          "%s is not %s: its SHA-256 is %s, but %s was expected"
              .formatted(file, asset.name(), sha256, asset.checksum()));
    }
    if (!asset.checksum().isKnown()) {
      checkContent(asset, file);
    }
  }

  private static void checkContent(Asset asset, Path file) throws IOException {
    WeightKind expected = asset.holds().orElseThrow();
    WeightKind found = Weights.open(file).kind();
    if (found != expected) {
      throw new AssetException(
          "%s is not %s: it holds %s, not %s"
              .formatted(file, asset.name(), found.title(), expected.title()));
    }
    if (expected == WeightKind.RRDB) {
      Weights.readGenerator(file); // shapes too
    }
  }

  private LockFile lock(Asset asset) throws IOException {
    try {
      Files.createDirectories(folder);
      return LockFile.take(folder.resolve("." + asset.fileName() + ".lock"))
          .orElseThrow(
              () ->
                  new AssetException(
                      "another process is bringing %s into %s; wait for it"
                          .formatted(asset.name(), folder)));
    } catch (AssetException e) {
      throw e;
    } catch (IOException e) {
      throw new AssetException(
          "cannot write into %s (%s); name another folder by ESRGAN_ASSETS"
              .formatted(folder, WholeFile.reason(e)),
          e);
    }
  }

  private String missing(Asset asset) {
    String what = "%s (%s) is not here".formatted(asset.name(), asset.purpose());
    return asset.address().isPresent()
        ? "%s: %s; without a network, %s".formatted(what, byCommand(asset), byHand(asset))
        : "%s and cannot be fetched: %s".formatted(what, byHand(asset));
  }

  private static String byCommand(Asset asset) {
    return asset.address().isPresent()
        ? "run: esrgan assets fetch " + asset.name()
        : "bring the right one";
  }

  private String byHand(Asset asset) {
    return "get %s and put it at %s, or run: esrgan assets add %s FILE"
        .formatted(
            asset
                .address()
                .map(URI::toString)
                .orElse("%s (%s)".formatted(asset.fileName(), asset.origin())),
            file(asset),
            asset.name());
  }

  private String again(Asset asset) {
    return Files.isRegularFile(part(asset)) ? "run it again to go on from what came" : "try again";
  }

  private Path file(Asset asset) {
    return folder.resolve(asset.fileName());
  }

  private Path part(Asset asset) {
    return folder.resolve(asset.fileName() + ".part");
  }
}
