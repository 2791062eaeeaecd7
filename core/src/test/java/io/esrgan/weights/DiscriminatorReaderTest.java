package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Answers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discriminators as {@code make_critics.py} saved them with PyTorch. */
class DiscriminatorReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "vgg-128-new.zip, NEW, ZIP, 128, false",
    "vgg-128-old.legacy, OLD, LEGACY, 128, true",
    "vgg-256-new.legacy, NEW, LEGACY, 256, false",
    "vgg-256-old.zip, OLD, ZIP, 256, true"
  })
  void aVggIsReadInBothLayoutsAndContainers(
      String name, DiscriminatorLayout layout, Container container, int side, boolean biased)
      throws IOException {
    DiscriminatorFile read = Weights.readDiscriminator(Answers.file(name + ".pth"));
    assertThat(read.config()).isEqualTo(new VggDiscriminatorConfig(3, side, 1, biased));
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.container()).isEqualTo(container);
    assertThat(read.dtype()).isEqualTo(Dtype.F32);
    assertThat(read.weights().names())
        .containsExactlyElementsOf(DiscriminatorShapes.of(read.config()).keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "unet.zip, NEW",
    "unet-no-vectors.legacy, NEW",
    "unet-parametrized.legacy, PARAMETRIZED"
  })
  void aUnetIsReadHoweverItsNormalisationWasSaved(String name, DiscriminatorLayout layout)
      throws IOException {
    DiscriminatorFile read = Weights.readDiscriminator(Answers.file(name + ".pth"));
    assertThat(read.config()).isEqualTo(new UnetDiscriminatorConfig(3, 2));
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.weights().names())
        .containsExactlyElementsOf(DiscriminatorShapes.of(read.config()).keySet());
  }

  @Test
  void singularVectorsThatAreMissingAreThoseOfTheLargestSingularValue() throws IOException {
    StateDict weights =
        Weights.readDiscriminator(Answers.file("unet-no-vectors.legacy.pth")).weights();
    for (int layer = 1; layer <= 8; layer++) {
      float[] matrix = weights.get("conv" + layer + ".weight_orig").floats();
      float[] left = weights.get("conv" + layer + ".weight_u").floats();
      float[] right = weights.get("conv" + layer + ".weight_v").floats();
      double value = 0; // u W v
      double reached = 0; // |W v|², which is its square only for a pair of singular vectors
      double all = 0; // the sum of the squares of all singular values
      for (int row = 0; row < left.length; row++) {
        double sum = 0;
        for (int column = 0; column < right.length; column++) {
          float element = matrix[row * right.length + column];
          sum += element * right[column];
          all += element * element;
        }
        value += sum * left[row];
        reached += sum * sum;
      }
      assertThat(reached).isCloseTo(value * value, within(1e-5 * all));
      assertThat(value * value).isGreaterThanOrEqualTo(all / left.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg-128-new.zip", "vgg-128-old.legacy", "vgg-256-old.zip"})
  void aVggWrittenInTheOldLayoutIsTheSameWhenItIsReadAgain(String name) throws IOException {
    DiscriminatorFile read = Weights.readDiscriminator(Answers.file(name + ".pth"));
    Path old = folder.resolve("old.safetensors");
    Weights.write(old, DiscriminatorLayout.OLD.named(read));
    assertThat(Weights.read(old).names())
        .contains("features.0.weight", "features.2.bias", "features.3.running_var")
        .contains("classifier.0.weight", "classifier.2.bias")
        .noneMatch(weight -> weight.startsWith("conv") || weight.startsWith("bn"));
    DiscriminatorFile again = Weights.readDiscriminator(old);
    assertThat(again.layout()).isEqualTo(DiscriminatorLayout.OLD);
    Map<String, Weight> weights = new LinkedHashMap<>(again.weights().weights());
    read.weights()
        .weights()
        .forEach((weight, value) -> assertThat(weights.remove(weight)).isEqualTo(value));
    // What the old layout wants beyond that changes nothing.
    assertThat(weights.values()).allSatisfy(bias -> assertThat(bias.floats()).containsOnly(0));
  }

  @Test
  void aUnetWrittenInPyTorchsLaterLayoutIsTheSameWhenItIsReadAgain() throws IOException {
    DiscriminatorFile read = Weights.readDiscriminator(Answers.file("unet.zip.pth"));
    Path later = folder.resolve("later.safetensors");
    Weights.write(later, DiscriminatorLayout.PARAMETRIZED.named(read));
    assertThat(Weights.read(later).names())
        .containsExactlyInAnyOrderElementsOf(
            Weights.read(Answers.file("unet-parametrized.legacy.pth")).under("module.").names());
    assertThat(Weights.readDiscriminator(later).weights()).isEqualTo(read.weights());
  }

  @ParameterizedTest
  @EnumSource(names = {"OLD", "PARAMETRIZED"})
  void aLayoutWithoutNamesForADiscriminatorSaysSo(DiscriminatorLayout layout) throws IOException {
    String other = layout == DiscriminatorLayout.OLD ? "unet.zip.pth" : "vgg-128-new.zip.pth";
    DiscriminatorFile read = Weights.readDiscriminator(Answers.file(other));
    assertThatThrownBy(() -> layout.named(read))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(layout.title());
  }

  @Test
  void whatIsNotTheRightKindOfNetworkIsNamed() throws IOException {
    Path generator = TorchFiles.file("both.zip.pth");
    assertThatThrownBy(() -> Weights.readDiscriminator(generator))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "%s: holds an RRDB generator (ESRGAN), which judges no pictures; name the"
                + " discriminator's file, often called net_d",
            generator);
    Path discriminator = Answers.file("vgg-128-old.legacy.pth");
    assertThatThrownBy(() -> Weights.readGenerator(discriminator))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(
            "holds a VGG-style discriminator (old ESRGAN, SRGAN), which serves training")
        .hasMessageContaining("net_g");
    Path odd = folder.resolve("odd.safetensors");
    Weights.write(odd, StateDict.of(Map.of("mystery", Weight.of(new float[] {1}, 1))));
    assertThatThrownBy(() -> Weights.readDiscriminator(odd))
        .hasMessageContaining("\"mystery\"; name a discriminator");
  }

  @Test
  void aVggForPicturesOfAnotherSizeIsRefusedWithTheirSize() throws IOException {
    Path other =
        changed(
            weights -> {
              weights.put("linear1.weight", Weight.of(new float[100 * 8 * 36], 100, 8 * 36));
            });
    assertThatThrownBy(() -> Weights.readDiscriminator(other))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("128 or 256 pixels a side, not 192");
  }

  @Test
  void whatDoesNotFitIsShown() throws IOException {
    Path other =
        changed(
            weights -> {
              weights.remove("bn2_1.running_mean");
              weights.put("conv3_0.weight", Weight.of(new float[9], 1, 1, 3, 3));
              weights.put("conv1_1.stray", Weight.of(new float[1], 1));
            });
    assertThatThrownBy(() -> Weights.readDiscriminator(other))
        .isInstanceOfSatisfying(
            WeightsException.class,
            e -> {
              assertThat(e)
                  .hasMessageContaining("1 missing, 1 unexpected, 1 of the wrong shape")
                  .hasMessageContaining("a VGG-style discriminator in the new (BasicSR) layout");
              assertThat(e.tree()).contains("bn2_1", "conv3_0", "stray");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv0_0.weight", "linear1.weight", "conv0_1.weight", "linear2.weight"})
  void weightsThatMeasuresStandInMayHaveAnyShape(String name) throws IOException {
    for (long[] shape : new long[][] {{}, {0}, {0, 0, 0, 0}, {1, 1}, {5000, 1, 1, 1}}) {
      int count = 1;
      for (long extent : shape) {
        count *= (int) extent;
      }
      Weight odd = Weight.of(new float[count], shape);
      Path other = changed(weights -> weights.put(name, odd));
      assertThatThrownBy(() -> Weights.readDiscriminator(other))
          .isInstanceOf(WeightsException.class);
    }
  }

  private Path changed(Consumer<Map<String, Weight>> change) throws IOException {
    Map<String, Weight> weights =
        new LinkedHashMap<>(Weights.read(Answers.file("vgg-128-new.zip.pth")).weights());
    change.accept(weights);
    Path file = folder.resolve("changed.safetensors");
    Weights.write(file, StateDict.of(weights));
    return file;
  }
}
