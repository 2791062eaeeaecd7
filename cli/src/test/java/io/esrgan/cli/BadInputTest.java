package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that people have by mistake, by damage or by malice. */
class BadInputTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Samples.model(folder.resolve("tiny.safetensors"), 4);
  }

  /** What cannot be read, with words that its error must have. */
  enum Unreadable {
    EMPTY("empty"),
    TEXT("no PNG"),
    TRUNCATED_PNG("cut off"),
    TRUNCATED_JPEG("cut off"),
    HUGE_HEADER("claims more pixels than it can hold"),
    MISSING("no such file");

    private final String words;

    Unreadable(String words) {
      this.words = words;
    }

    Path in(Path folder) throws IOException {
      Path file = folder.resolve(name().endsWith("JPEG") ? "bad.jpg" : "bad.png");
      switch (this) {
        case EMPTY -> Files.createFile(file);
        case TEXT -> Files.writeString(file, "dear diary");
        case TRUNCATED_PNG, TRUNCATED_JPEG -> {
          byte[] whole = Files.readAllBytes(Samples.picture(file, 40, 40, Channels.RGB));
          Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        }
        case HUGE_HEADER -> Files.write(file, png(60_000, 60_000));
        case MISSING -> Files.deleteIfExists(file);
      }
      return file;
    }
  }

  /** A small file that claims to be a large picture. */
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    ByteBuffer png = ByteBuffer.allocate(100);
    png.put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", new byte[8]);
    chunk(png, "IEND", new byte[0]);
    return Arrays.copyOf(png.array(), png.position());
  }

  private static void chunk(ByteBuffer png, String type, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(type.getBytes(StandardCharsets.ISO_8859_1));
    checksum.update(content);
    png.putInt(content.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    png.putInt((int) checksum.getValue());
  }

  @ParameterizedTest
  @EnumSource
  void isToldInOneLineAndLeavesNothing(Unreadable kind) throws IOException {
    Path bad = kind.in(folder);
    CommandRun run = CommandRun.of("upscale", bad, "-m", model).fails(ExitCode.FAILED);
    assertThat(run.err()).contains(bad.toString(), kind.words).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("bad_x4.png")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"cmyk.jpg", "palette8-trns.png"})
  void unusualPicturesAreUpscaled(String name) throws IOException {
    Path photo = Files.copy(CommandRun.resource("image/" + name), folder.resolve(name));
    CommandRun.of("upscale", photo, "-m", model, "-o", folder.resolve("result.png")).succeeds();
    assertThat(Images.probe(folder.resolve("result.png")).width())
        .isEqualTo(4 * Images.probe(photo).width());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5000", "5000, 3"})
  void unusualSizesAreUpscaled(int width, int height) throws IOException {
    Path photo = Samples.picture(folder.resolve("thin.png"), width, height, Channels.RGB);
    CommandRun.of("upscale", photo, "-m", model).succeeds();
    assertThat(Images.read(folder.resolve("thin_x4.png")).height()).isEqualTo(4 * height);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path file = Files.createFile(folder.resolve("file"));
    CommandRun run =
        CommandRun.of("upscale", photo, "-m", model, "-o", file + "/large/").fails(ExitCode.FAILED);
    assertThat(run.err()).contains(file.toString());
  }

  @Test
  void aMissingFolderForTheResultIsNamed() throws IOException {
    Path photo = Samples.picture(folder.resolve("photo.png"));
    Path result = folder.resolve("nowhere/large.png");
    CommandRun run =
        CommandRun.of("upscale", photo, "-m", model, "-o", result).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("the folder " + result.getParent() + " does not exist");
  }

  @ParameterizedTest
  @CsvSource({"upscale", "info", "convert", "eval"})
  void aWeightFileCutShortIsToldInOneLine(String command) throws IOException {
    byte[] whole = Files.readAllBytes(model);
    Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, 5000));
    Path photo = Samples.picture(folder.resolve("photo.png"));
    CommandRun run =
        switch (command) {
          case "upscale" -> CommandRun.of(command, photo, "-m", cut);
          case "eval" -> CommandRun.of(command, folder, "-m", cut);
          case "info" -> CommandRun.of(command, cut);
          default -> CommandRun.of(command, cut, "-o", folder.resolve("new.safetensors"));
        };
    run.fails(ExitCode.FAILED);
    assertThat(run.err()).contains(cut.toString()).hasLineCount(1);
  }
}
