package io.esrgan.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.WeightKind;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on the disk: required, added, put there by hand, changed. */
class AssetsTest {
  private static final String TEXT = "these are weights";

  @TempDir Path temporary;
  private Path folder;
  private Path source;
  private Asset fetchable;
  private Asset bringable;
  private Asset generator;
  private Assets assets;

  @BeforeEach
  void make() throws IOException {
    folder = temporary.resolve("assets");
    source = Files.writeString(temporary.resolve("download (1).pth"), TEXT);
    Checksum sum = new Checksum(Weights.sha256(source));
    fetchable =
        new Asset(
            "vgg",
            "vgg.pth",
            "training",
            "MIT",
            Optional.of(URI.create("http://nowhere.invalid/vgg.pth")),
            "nowhere",
            sum,
            OptionalLong.empty(),
            Optional.empty());
    bringable =
        new Asset(
            "gift",
            "gift.pth",
            "joy",
            "MIT",
            Optional.empty(),
            "a friend",
            new Checksum(sum.digits().substring(0, 8)),
            OptionalLong.empty(),
            Optional.empty());
    generator =
        new Asset(
            "model",
            "model.pth",
            "enlarging",
            "MIT",
            Optional.empty(),
            "a forum",
            Checksum.UNKNOWN,
            OptionalLong.empty(),
            Optional.of(WeightKind.RRDB));
    assets = Assets.at(folder, List.of(fetchable, bringable, generator));
  }

  private static void fails(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(AssetException.class)
        .message()
        .contains(words)
        .hasLineCount(1);
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources/io/esrgan/fixtures").resolve(name);
  }

  @Test
  void aMissingOneIsToldWithTheCommandAndWithWhatToPutWhere() {
    assertThatThrownBy(() -> assets.require("vgg"))
        .isInstanceOf(AssetException.class)
        .hasMessage(
            "vgg (training) is not here: run: esrgan assets fetch vgg; without a network, get"
                + " http://nowhere.invalid/vgg.pth and put it at %s, or run: esrgan assets add vgg"
                + " FILE",
            folder.resolve("vgg.pth"));
  }

  @Test
  void oneThatCannotBeFetchedIsToldWithItsOrigin() {
    ThrowingCallable[] calls = {
      () -> assets.require("gift"), () -> assets.fetch("gift", Progress.NONE)
    };
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(AssetException.class)
          .hasMessage(
              "gift (joy) is not here and cannot be fetched: get gift.pth (a friend) and put it at"
                  + " %s, or run: esrgan assets add gift FILE",
              folder.resolve("gift.pth"));
    }
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    fails(() -> assets.require("vggg"), "there is no asset \"vggg\"", "did you mean vgg?");
    fails(() -> assets.require("something"), "known are vgg, gift, model");
  }

  @Test
  void namesAreKnownInAnyCase() throws IOException {
    assertThat(assets.named("VGG")).isEqualTo(fetchable);
  }

  @Test
  void anAddedFileIsThereUnderItsOwnName() throws IOException {
    assertThat(assets.add("vgg", source)).isEqualTo(folder.resolve("vgg.pth")).hasContent(TEXT);
    assertThat(assets.require("vgg")).hasContent(TEXT);
    assertThat(assets.state(fetchable)).isEqualTo(AssetState.VERIFIED);
    assertThat(source).exists();
  }

  @Test
  void anAddedFileTakesThePlaceOfWhatAFetchLeft() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("vgg.pth.part"), "the");
    assets.add("vgg", source);
    assertThat(folder.resolve("vgg.pth.part")).doesNotExist();
  }

  @Test
  void aWrongFileIsNotAdded() throws IOException {
    assets.add("vgg", source);
    Path wrong = Files.writeString(temporary.resolve("wrong"), "these are not");
    fails(
        () -> assets.add("vgg", wrong),
        wrong.toString(),
        Weights.sha256(wrong),
        Weights.sha256(source));
    assertThat(assets.require("vgg")).hasContent(TEXT);
    fails(() -> assets.add("vgg", temporary.resolve("nothing")), "there is no file");
    fails(() -> assets.add("vgg", temporary), "there is no file");
  }

  @Test
  void aFilePutThereByHandIsVerifiedWhenItIsRequired() throws IOException {
    Files.createDirectories(folder);
    Files.copy(source, folder.resolve("gift.pth"));
    assertThat(assets.state(bringable)).isEqualTo(AssetState.UNCHECKED);
    assertThat(assets.require("gift")).hasContent(TEXT);
    assertThat(assets.state(bringable)).isEqualTo(AssetState.VERIFIED);
    assertThat(assets.add("gift", folder.resolve("gift.pth"))).hasContent(TEXT);
  }

  @Test
  void aWrongFilePutThereByHandIsToldAndLeft() throws IOException {
    Files.createDirectories(folder);
    Path wrong = Files.writeString(folder.resolve("vgg.pth"), "oh");
    fails(
        () -> assets.require("vgg"),
        wrong.toString(),
        Weights.sha256(wrong),
        Weights.sha256(source),
        "delete it, then run: esrgan assets fetch vgg");
    assertThat(wrong).hasContent("oh");
  }

  @Test
  void aFileIsLookedThroughAgainOnlyIfItsSizeOrTimeHasChanged() throws IOException {
    Path file = assets.add("vgg", source);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, TEXT.replace('w', 'W'));
    Files.setLastModifiedTime(file, time);
    assertThat(assets.require("vgg")).isEqualTo(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
    assertThat(assets.state(fetchable)).isEqualTo(AssetState.UNCHECKED);
    fails(() -> assets.require("vgg"), "is not vgg");
  }

  @Test
  void aStampThatIsNoneIsAsGoodAsNone() throws IOException {
    Path file = assets.add("vgg", source);
    Files.writeString(folder.resolve("vgg.pth.sha256"), "hello");
    assertThat(assets.state(fetchable)).isEqualTo(AssetState.UNCHECKED);
    assertThat(assets.require("vgg")).isEqualTo(file);
    assertThat(assets.state(fetchable)).isEqualTo(AssetState.VERIFIED);
  }

  @Test
  void whereNoSumIsKnownTheContentIsLookedAtAndTheSumWrittenDown() throws IOException {
    Path model = resource("rrdb-x4-old.legacy.pth");
    Path file = assets.add("model", model);
    assertThat(file).hasSameBinaryContentAs(model);
    assertThat(assets.state(generator)).isEqualTo(AssetState.UNVERIFIED);
    assertThat(folder.resolve("model.pth.sha256")).content().startsWith(Weights.sha256(model));
  }

  @Test
  void whereNoSumIsKnownOtherContentIsRefused() throws IOException {
    fails(() -> assets.add("model", source), "no weight file");
    Path other = temporary.resolve("other.safetensors");
    Weights.write(other, StateDict.of(Map.of("features.0.weight", Weight.of(new float[] {1}, 1))));
    fails(() -> assets.add("model", other), "not an RRDB generator");
    assertThat(folder.resolve("model.pth")).doesNotExist();
  }

  @Test
  void whereNoSumIsKnownALaterChangeIsNoticed() throws IOException {
    Path file = assets.add("model", resource("rrdb-x4-old.legacy.pth"));
    Files.copy(resource("rrdb-x4-new.zip.pth"), file, StandardCopyOption.REPLACE_EXISTING);
    fails(() -> assets.require("model"), "has changed", "esrgan assets add model FILE");
    assets.add("model", resource("rrdb-x4-new.zip.pth"));
    assertThat(assets.require("model")).isEqualTo(file);
  }
}
