package io.esrgan.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.asset.FileServer.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files fetched from a real server. */
class FetchTest {
  private static final byte[] CONTENT = content(300_001);
  private static final String SHA256 = sha256(CONTENT);

  @TempDir Path temporary;
  private Path folder;
  private Path file;
  private Path part;
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer(CONTENT);
    folder = temporary.resolve("not/yet/there");
    file = folder.resolve("weights.pth");
    part = folder.resolve("weights.pth.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Asset asset(URI address, String sha256, OptionalLong size) {
    return new Asset(
        "weights",
        "weights.pth",
        "a test",
        "CC0",
        Optional.of(address),
        "here",
        new Checksum(sha256),
        size,
        Optional.empty());
  }

  private Assets assets(Asset asset) {
    return new Assets(folder, List.of(asset), Duration.ofSeconds(60));
  }

  private Assets assets() {
    return assets(asset(server.address(), SHA256, OptionalLong.of(CONTENT.length)));
  }

  private void fails(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(AssetException.class)
        .message()
        .contains(words)
        .hasLineCount(1);
    assertThat(Files.exists(file)).isFalse();
  }

  /** Fetches from a server that breaks off when half has come. */
  private void fetchHalf(Assets assets) {
    server.behave(Manner.HALF);
    fails(
        () ->
            assets.fetch(
                "weights",
                (done, total) -> {
                  if (done >= CONTENT.length / 2) {
                    server.halfHasCome();
                  }
                }),
        "cannot fetch weights: the connection to 127.0.0.1",
        "broke off",
        "run it again to go on",
        "esrgan assets add weights FILE");
    assertThat(part).hasSize(CONTENT.length / 2);
    assertThat(assets.state(assets.list().get(0))).isEqualTo(AssetState.STARTED);
  }

  @Test
  void comesWholeAndVerifiedAndLeavesNothingElse() throws IOException {
    Assets assets = assets();
    long[] last = new long[2];
    Path fetched =
        assets.fetch(
            "weights",
            (done, total) -> {
              last[0] = done;
              last[1] = total;
            });
    assertThat(fetched).isEqualTo(file).hasBinaryContent(CONTENT);
    assertThat(last).containsOnly(CONTENT.length);
    assertThat(assets.state(assets.list().get(0))).isEqualTo(AssetState.VERIFIED);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("weights.pth", "weights.pth.sha256", ".weights.pth.lock");
    assertThat(folder.resolve("weights.pth.sha256")).content().startsWith(SHA256 + "  weights.pth");
    assertThat(assets.require("weights")).isEqualTo(file);
  }

  @Test
  void isNotFetchedAgainWhileItIsThere() throws IOException {
    assets().fetch("weights", Progress.NONE);
    assets().fetch("weights", Progress.NONE);
    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void goesOnWhereItWasBrokenOff() throws IOException {
    fetchHalf(assets());
    server.behave(Manner.WELL);
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(server.served()).isEqualTo(CONTENT.length);
  }

  @Test
  void goesOnWhereNothingButTheSumIsKnown() throws IOException {
    Assets assets = assets(asset(server.address(), SHA256, OptionalLong.empty()));
    fetchHalf(assets);
    server.behave(Manner.WELL);
    assertThat(assets.fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(server.served()).isEqualTo(CONTENT.length);
  }

  @ParameterizedTest
  @EnumSource(names = {"WITHOUT_RANGE", "ANOTHER_RANGE"})
  void beginsAgainWithAServerThatCannotGoOn(Manner manner) throws IOException {
    fetchHalf(assets());
    server.behave(manner);
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
  }

  @Test
  void beginsAgainWhenMoreIsThereThanTheServerHas() throws IOException {
    Files.createDirectories(folder);
    Files.write(part, new byte[CONTENT.length + 5]);
    Assets assets = assets(asset(server.address(), SHA256, OptionalLong.empty()));
    assertThat(assets.fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
  }

  @Test
  void allThatCameIsOnlyCheckedWhenItWasBrokenOffBeforeTheCheck() throws IOException {
    Files.createDirectories(folder);
    Files.write(part, CONTENT);
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(server.asked()).isZero();
  }

  @Test
  void followsARedirection() throws IOException {
    server.behave(Manner.ELSEWHERE);
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(server.asked()).isEqualTo(2);
  }

  @Test
  void anotherFileIsDeletedAndBothSumsAreTold() {
    byte[] other = content(299_000);
    server.serve(other);
    Assets assets = assets();
    fails(
        () -> assets.fetch("weights", Progress.NONE),
        server.address().toString(),
        sha256(other),
        SHA256,
        "was deleted",
        "esrgan assets add weights FILE");
    assertThat(part).doesNotExist();
  }

  @Test
  void aFileWithoutAnEndIsNotTakenToItsEnd() {
    server.serve(content(40_000_000));
    Assets assets = assets();
    long[] most = new long[1];
    fails(() -> assets.fetch("weights", (done, total) -> most[0] = done), SHA256, "was deleted");
    assertThat(most[0]).isLessThanOrEqualTo(CONTENT.length);
  }

  @Test
  void aDamagedHalfIsFoundAndTheNextAttemptBeginsAgain() throws IOException {
    fetchHalf(assets());
    byte[] half = Files.readAllBytes(part);
    half[1000]++;
    Files.write(part, half);
    server.behave(Manner.WELL);
    fails(() -> assets().fetch("weights", Progress.NONE), "was deleted", SHA256);
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
  }

  @Test
  void onlyTheDigitsThatAreKnownAreCompared() throws IOException {
    Assets assets = assets(asset(server.address(), SHA256.substring(0, 8), OptionalLong.empty()));
    assertThat(assets.fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
    String wrong = SHA256.startsWith("00000000") ? "11111111" : "00000000";
    Files.delete(file);
    fails(
        () ->
            assets(asset(server.address(), wrong, OptionalLong.empty()))
                .fetch("weights", Progress.NONE),
        SHA256,
        "one that begins with " + wrong);
  }

  @Test
  void aWrongFileInItsPlaceIsReplaced() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, "something else");
    assertThat(assets().fetch("weights", Progress.NONE)).hasBinaryContent(CONTENT);
  }

  @Test
  void anAddressWithoutTheFileIsTold() {
    server.behave(Manner.NOT_FOUND);
    fails(
        () -> assets().fetch("weights", Progress.NONE),
        "HTTP 404",
        "try again, or get " + server.address() + " and put it at " + file);
    assertThat(part).doesNotExist();
  }

  @Test
  void aRefusedConnectionIsTold() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Asset asset =
        asset(URI.create("http://127.0.0.1:" + port + "/w"), SHA256, OptionalLong.empty());
    fails(
        () -> assets(asset).fetch("weights", Progress.NONE),
        "no connection to 127.0.0.1:" + port,
        "is there a network?",
        file.toString());
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    server.behave(Manner.HALF_THEN_NOTHING);
    Assets assets =
        new Assets(
            folder,
            List.of(asset(server.address(), SHA256, OptionalLong.empty())),
            Duration.ofSeconds(1));
    fails(() -> assets.fetch("weights", Progress.NONE), "sent nothing for 1 s");
  }

  @Test
  void theSecondOfTwoFetchesAtOnceIsTold() throws IOException {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Path> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return assets()
                    .fetch(
                        "weights",
                        (done, total) -> {
                          begun.complete(true);
                          wait(goOn);
                        });
              } catch (AssetException e) {
                throw new IllegalStateException(e);
              }
            });
    CompletableFuture.anyOf(begun, first).join();
    fails(() -> assets().fetch("weights", Progress.NONE), "another process", "weights");
    goOn.countDown();
    assertThat(first.join()).hasBinaryContent(CONTENT);
    assertThat(server.served()).isEqualTo(CONTENT.length);
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsTold() throws IOException {
    Files.createDirectories(folder);
    Files.createSymbolicLink(part, Path.of("/dev/full"));
    fails(() -> assets().fetch("weights", Progress.NONE), "cannot write " + part, "No space left");
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    Files.writeString(temporary.resolve("not"), "a file");
    fails(
        () -> assets().fetch("weights", Progress.NONE),
        "cannot write into " + folder,
        "ESRGAN_ASSETS");
  }

  @Test
  void halfAFileIsNotTakenForOneByAdding() throws IOException {
    Path half = Files.write(temporary.resolve("half"), Arrays.copyOf(CONTENT, 150_000));
    fails(() -> assets().add("weights", half), half + " is not weights", SHA256);
  }
}
