package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlanTest {
  private static final Destination BESIDE = new Destination.Beside();

  @TempDir Path folder;

  private List<Path> touch(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.createFile(folder.resolve(name));
    }
    return Arrays.stream(names).map(folder::resolve).toList();
  }

  private static List<String> inputs(OutputPlan plan) {
    return plan.items().stream().map(item -> item.input().getFileName().toString()).toList();
  }

  @Test
  void namesAResultAfterItsInputAndTheScale() {
    OutputPlan plan = OutputPlan.of(List.of(Path.of("a/my.photo.JPG")), BESIDE, 4, "png");
    assertThat(plan.items())
        .containsExactly(
            new OutputPlan.Item(Path.of("a/my.photo.JPG"), Path.of("a/my.photo_x4.png")));
  }

  @Test
  void aNameHasTheDigitsOfNoLocale() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, new Locale("fa", "IR"));
    try {
      OutputPlan plan = OutputPlan.of(List.of(Path.of("photo.jpg")), BESIDE, 4, "png");
      assertThat(plan.items().get(0).output()).isEqualTo(Path.of("photo_x4.png"));
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, photo_x1.png", "2.5, photo_x2.5.png", "10, photo_x10.png", "16, photo_x16.png"})
  void anyScaleStandsInTheName(double scale, String name) {
    OutputPlan plan = OutputPlan.of(List.of(Path.of("photo.jpg")), BESIDE, scale, "png");
    assertThat(plan.items().get(0).output()).isEqualTo(Path.of(name));
  }

  @Test
  void aFileWithoutAFolderStaysWithoutOne() {
    OutputPlan plan = OutputPlan.of(List.of(Path.of("photo")), BESIDE, 2, "tiff");
    assertThat(plan.items().get(0).output()).isEqualTo(Path.of("photo_x2.tiff"));
  }

  @Test
  void aFolderStandsForThePicturesDirectlyInIt() throws IOException {
    touch("b.png", "a.JPEG", ".hidden.png", "notes.txt", "within/c.png");
    OutputPlan plan = OutputPlan.of(List.of(folder), BESIDE, 4, "png");
    assertThat(inputs(plan)).containsExactly("a.JPEG", "b.png");
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void earlierResultsInAFolderAreNotTaken() throws IOException {
    touch("a.jpg", "a_x4.png", "a_x4_x4.png", "a_x2.png", "b_x4.png", "c_x.png", "d_x4y.png");
    touch("a_x2.5.png", "a_x1.25.png", "b_x2.5.png", "a_x2.png.png", "a_x.5.png");
    OutputPlan plan = OutputPlan.of(List.of(folder), BESIDE, 4, "png");
    assertThat(inputs(plan))
        .containsExactly(
            "a.jpg", "a_x.5.png", "a_x2.png.png", "b_x2.5.png", "b_x4.png", "c_x.png", "d_x4y.png");
  }

  @Test
  void anEarlierResultThatIsNamedIsTaken() throws IOException {
    touch("a.jpg", "a_x4.png");
    OutputPlan plan = OutputPlan.of(List.of(folder.resolve("a_x4.png")), BESIDE, 4, "png");
    assertThat(plan.items().get(0).output()).isEqualTo(folder.resolve("a_x4_x4.png"));
  }

  @Test
  void aFolderWithNothingInItIsAProblemNotAnError() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path photo = touch("photo.png").get(0);
    OutputPlan plan = OutputPlan.of(List.of(empty, photo), BESIDE, 4, "png");
    assertThat(inputs(plan)).containsExactly("photo.png");
    assertThat(plan.problems()).singleElement().asString().contains(empty.toString());
  }

  @Test
  void anInputNamedTwiceIsTakenOnce() throws IOException {
    Path photo = touch("photo.png").get(0);
    Path again = folder.resolve("x/../photo.png");
    OutputPlan plan = OutputPlan.of(List.of(photo, again, folder), BESIDE, 4, "png");
    assertThat(plan.items()).hasSize(1);
  }

  @Test
  void twoInputsOfOneResultAreRefused() throws IOException {
    List<Path> photos = touch("one/photo.png", "two/photo.jpg");
    Destination together = new Destination.Folder(folder.resolve("results"));
    assertThat(OutputPlan.of(photos, BESIDE, 4, "png").items()).hasSize(2);
    assertThatThrownBy(() -> OutputPlan.of(photos, together, 4, "png"))
        .isInstanceOf(OutputPlanException.class)
        .hasMessageContaining(photos.get(0).toString())
        .hasMessageContaining(photos.get(1).toString());
  }

  @Test
  void oneFolderByTwoNamesIsSeenThrough() throws IOException {
    touch("real/photo.png", "real/photo.jpg");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    List<Path> photos = List.of(folder.resolve("real/photo.png"), link.resolve("photo.jpg"));
    assertThatThrownBy(() -> OutputPlan.of(photos, BESIDE, 4, "png"))
        .isInstanceOf(OutputPlanException.class);
  }

  @Test
  void noResultTakesThePlaceOfAnInput() throws IOException {
    Path photo = touch("photo.png").get(0);
    assertThatThrownBy(
            () -> OutputPlan.of(List.of(photo), new Destination.OneFile(photo), 4, "png"))
        .hasMessageContaining("would overwrite itself");
    Path earlier = touch("photo_x4.png").get(0);
    assertThatThrownBy(() -> OutputPlan.of(List.of(photo, earlier), BESIDE, 4, "png"))
        .hasMessageContaining("would overwrite the input " + earlier);
  }

  @Test
  void severalInputsDoNotFitIntoOneFile() throws IOException {
    List<Path> photos = touch("a.png", "b.png");
    Destination one = new Destination.OneFile(folder.resolve("large.png"));
    assertThatThrownBy(() -> OutputPlan.of(photos, one, 4, "png"))
        .hasMessageContaining("name a folder");
    assertThatThrownBy(() -> OutputPlan.of(List.of(folder), one, 4, "png"))
        .hasMessageContaining("name a folder");
  }

  @Provide
  Arbitrary<List<Path>> files() {
    Arbitrary<String> stems = Arbitraries.of("a", "b", "a_x4", "a_x4_x4", "b_x2", ".c", "d.e");
    Arbitrary<String> endings = Arbitraries.of(".png", ".jpg", "", ".PNG");
    Arbitrary<String> folders = Arbitraries.of("", "p/", "q/", "p/../", "./");
    return net.jqwik.api.Combinators.combine(folders, stems, endings)
        .as((in, stem, ending) -> Path.of(in + stem + ending))
        .list()
        .ofMaxSize(6);
  }

  @Property
  void resultsNeverMeetEachOtherNorAnInput(
      @ForAll("files") List<Path> inputs, @ForAll boolean together) {
    Destination destination =
        together ? new Destination.Folder(Path.of("results")) : new Destination.Beside();
    OutputPlan plan;
    try {
      plan = OutputPlan.of(inputs, destination, 4, "png");
    } catch (OutputPlanException e) {
      return; // refused, which is the other half of the promise
    }
    Set<Path> names = new HashSet<>();
    plan.items().forEach(item -> names.add(item.input().toAbsolutePath().normalize()));
    plan.items()
        .forEach(
            item ->
                assertThat(names.add(item.output().toAbsolutePath().normalize()))
                    .as("%s of %s", item, plan)
                    .isTrue());
  }
}
