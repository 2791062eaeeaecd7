package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.Dataset;
import io.esrgan.data.DatasetTest;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.report.PictureGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationSweepTest {
  private static final List<Measure> PSNR = List.of(new Measure(new Psnr(), Protocol.paper(2)));

  @TempDir Path folder;

  /** Bicubic, made brighter by as much as alpha says: what lies between is not the mean. */
  private static SortedMap<Double, Method> networks(List<Integer> calls) {
    SortedMap<Double, Method> networks = new TreeMap<>();
    for (double alpha : InterpolationSweep.alphas(0.25)) {
      networks.put(
          alpha,
          Method.of(
              "alpha " + alpha,
              low -> {
                calls.add((int) (alpha * 100));
                return brighter(Bicubic.enlarge(low, 2), (int) (40 * alpha * alpha));
              }));
    }
    return networks;
  }

  private static Picture brighter(Picture picture, int by) {
    byte[] samples = picture.bytes().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.min(255, (samples[i] & 0xff) + by);
    }
    return Picture.of8Bit(
        picture.width(), picture.height(), picture.channels(), samples, Metadata.NONE);
  }

  private Path picture(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    Images.write(DatasetTest.noisy(width, height), file, false);
    return file;
  }

  @Test
  void bothWaysStartAndEndAlikeAndDifferBetween() throws IOException {
    picture("a.png", 24, 24);
    picture("b.png", 26, 30);
    List<Integer> calls = new ArrayList<>();
    InterpolationSweep sweep = new InterpolationSweep(2, networks(calls), PSNR);
    Dataset set = Dataset.open(folder, 2);
    InterpolationSweep.Outcome outcome = sweep.run(set);
    assertThat(outcome.network()).hasSize(5);
    assertThat(outcome.image()).hasSize(5);
    for (int i : new int[] {0, 4}) {
      assertThat(outcome.image().get(i).mean(0)).isEqualTo(outcome.network().get(i).mean(0));
    }
    assertThat(outcome.image().get(2).mean(0)).isNotEqualTo(outcome.network().get(2).mean(0));
    assertThat(calls).as("each network sees each picture once").hasSize(2 * 5);
    assertThat(sweep.table(List.of(outcome), List.of(set)).text())
        .contains("network PSNR-Y", "image PSNR-Y", "0.25", "border 2", "low resolution from HR")
        .hasLineCount(1 + 5 + 1 + 2);
  }

  @Test
  void thePanelShowsBothWaysOfOnePart() throws IOException {
    Path file = picture("a.png", 40, 30);
    InterpolationSweep sweep = new InterpolationSweep(2, networks(new ArrayList<>()), PSNR);
    List<InterpolationSweep.Outcome> outcomes = new ArrayList<>();
    Region region = new Region(4, 6, 16, 12);
    PictureGrid.Panel panel =
        sweep.panel(Dataset.ofPicture(file, 2), Optional.of(region), outcomes::add);
    assertThat(outcomes).hasSize(1);
    assertThat(panel.heads())
        .containsExactly("", "α = 0", "α = 0.25", "α = 0.5", "α = 0.75", "α = 1");
    assertThat(panel.rows()).hasSize(2);
    List<PictureGrid.Cell> network = panel.rows().get(0).cells();
    List<PictureGrid.Cell> image = panel.rows().get(1).cells();
    assertThat(network.get(0).mark()).contains(region);
    assertThat(image.get(0).picture().bytes()).isEqualTo(region.of(Images.read(file)).bytes());
    for (int i : new int[] {1, 5}) {
      assertThat(network.get(i).picture().bytes()).isEqualTo(image.get(i).picture().bytes());
      assertThat(network.get(i).caption()).isEqualTo(image.get(i).caption()).hasSize(1);
    }
    assertThat(network.get(3).picture().bytes()).isNotEqualTo(image.get(3).picture().bytes());
  }

  @Test
  void aRegionOutsideThePictureIsRefused() throws IOException {
    Dataset picture = Dataset.ofPicture(picture("a.png", 24, 24), 2);
    InterpolationSweep sweep = new InterpolationSweep(2, networks(new ArrayList<>()), PSNR);
    assertThatThrownBy(
            () -> sweep.panel(picture, Optional.of(new Region(20, 0, 5, 5)), outcome -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5x5 pixels at 20,0 do not lie in a.png, which has 24x24");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.2, 0.3, 0.01, 2, Double.NaN})
  void stepsThatDoNotFitAreRefused(double step) {
    assertThatThrownBy(() -> InterpolationSweep.alphas(step))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a step of " + step);
  }

  @Test
  void alphasAreWhatTheySay() {
    assertThat(InterpolationSweep.alphas(0.1))
        .containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
  }

  @Test
  void textureIsFound() {
    byte[] samples = new byte[60 * 40];
    for (int y = 10; y < 26; y++) {
      for (int x = 30; x < 46; x++) {
        samples[y * 60 + x] = (byte) ((x + y) % 2 * 20);
      }
    }
    Picture picture = Picture.of8Bit(60, 40, Picture.Channels.GRAY, samples, Metadata.NONE);
    Region found = TexturedSquare.of(picture, 16);
    assertThat(found.width()).isEqualTo(16);
    assertThat(found.x()).isBetween(29, 30);
    assertThat(found.y()).isBetween(9, 10);
    assertThat(TexturedSquare.of(picture, 96)).isEqualTo(new Region(6, 0, 40, 40));
  }
}
