package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
  @TempDir Path folder;

  @Test
  void whatAFileIsDoesNotDependOnItsName() throws IOException {
    Path odd = Files.copy(TorchFiles.file("old-x2.zip.pth"), folder.resolve("größe 1.safetensors"));
    assertThat(Weights.readGenerator(odd).container()).isEqualTo(Container.ZIP);
  }

  @Test
  void aConvertedGeneratorIsTheSameGenerator() throws IOException {
    GeneratorFile old = Weights.readGenerator(TorchFiles.file("old-plus.zip.pth"));
    Path converted = folder.resolve("converted.safetensors");
    Weights.write(converted, old.weights());
    GeneratorFile read = Weights.readGenerator(converted);
    assertThat(read.weights()).isEqualTo(old.weights());
    assertThat(read.config()).isEqualTo(old.config());
    assertThat(read.layout()).isEqualTo(RrdbLayout.NEW);
  }

  @Test
  void writingReplacesAndCreatingDoesNot() throws IOException {
    Path file = folder.resolve("weights");
    StateDict first = StateDict.of(Map.of("a", Weight.of(new float[] {1}, 1)));
    StateDict second = StateDict.of(Map.of("b", Weight.of(new float[] {2}, 1)));
    Weights.create(file, first);
    assertThatThrownBy(() -> Weights.create(file, second))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Weights.read(file)).isEqualTo(first);
    Weights.write(file, second);
    assertThat(Weights.read(file)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html>|is a web page, so the download went wrong; fetch it again",
        "'\n <HTML>'|is a web page, so the download went wrong; fetch it again",
        "version https://git-lfs.github.com/spec/v1|is a pointer of Git LFS, not the file itself;"
            + " run git lfs pull",
        "\u0089PNG|is a PNG picture; name a weight file",
        "7767517|is the text of an ncnn network; name the .bin file beside it, which holds its"
            + " weights",
        "'\b\b\u0012\u0006esrgan'|is an ONNX network, which is not read; name the weight file that"
            + " it was made of",
        "x|is no weight file: neither safetensors nor written by torch.save; name a .safetensors or"
            + " .pth file",
        "''|is empty; fetch it again"
      })
  void whatIsOftenTakenForWeightsIsNamed(String content, String message) throws IOException {
    Path file = Files.write(folder.resolve("x.pth"), content.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> Weights.read(file)).hasMessage(file + ": " + message);
  }

  @Test
  void whatIsNoFileIsNamed() {
    Path missing = folder.resolve("missing.pth");
    assertThatThrownBy(() -> Weights.read(missing))
        .isInstanceOf(WeightsException.class)
        .hasMessage(missing + ": there is no such file; check the name");
    assertThatThrownBy(() -> Weights.read(folder))
        .hasMessage(folder + ": is a folder; name the weight file inside it");
  }

  @Test
  void aMissingWeightIsAskedForByName() {
    StateDict dict = StateDict.of(Map.of("here", Weight.of(new float[] {1}, 1)));
    assertThatThrownBy(() -> dict.get("there"))
        .hasMessage("no weight is named \"there\"; there are \"here\"");
    assertThat(dict.find("there")).isEmpty();
  }

  @Test
  void theChecksumIsThatOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    // FIPS 180-2, appendix B.1
    assertThat(Weights.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
