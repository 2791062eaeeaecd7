package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2024-05-06T07:08:09Z");

  private RunJournal open(long done) throws IOException {
    return RunJournal.open(folder, "<b>net</b>", "name: \"x\" # </pre>", done, 100, () -> now);
  }

  private static SamplePicture sample(String name, int side, int shade) {
    byte[] samples = new byte[side * side * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 31 + shade);
    }
    Picture made = Picture.of8Bit(side, side, Picture.Channels.RGB, samples, Metadata.NONE);
    return new SamplePicture(name, Bicubic.shrink(made, 4), made, made);
  }

  private void tell(RunJournal journal, long from, long to) throws IOException {
    for (long step = from; step <= to; step++) {
      journal.scalars(step, Map.of("rate", 2e-4, "l1", 1.0 / step));
      if (step % 10 == 0) {
        journal.note(step, "step \"" + step + "\"\nis done");
        journal.pictures(step, List.of(sample("a.png", 32, (int) step), sample("b", 16, 3)));
      }
    }
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("run.html"));
  }

  @Test
  void everyNumberIsALineOfTheLog() throws IOException {
    try (RunJournal journal = open(0)) {
      journal.scalars(1, Map.of("rate", 2e-4, "l1", 0.25));
      assertThat(folder.resolve("log.csv"))
          .hasContent("step,kind,value\n1,l1,0.25000000\n1,rate,0.00020000000\n");
      journal.scalars(2, Map.of("psnr-y", Double.NaN));
      assertThat(folder.resolve("log.csv")).content().endsWith("2,psnr-y,NaN\n");
      assertThatThrownBy(() -> journal.scalars(3, Map.of("a,b", 1.0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'a,b'");
    }
  }

  @Test
  void aRunThatIsResumedTellsWhatOneThatWasNotTells() throws IOException {
    try (RunJournal journal = open(0)) {
      tell(journal, 1, 27);
    }
    Files.writeString(folder.resolve("log.csv"), "28,l1,0.0\0\0garb", StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("notes.csv"), "9,2024-99-99T00:00:00Z,\"x\"\n7,", StandardOpenOption.APPEND);
    try (RunJournal journal = open(15)) {
      assertThat(folder.resolve("samples/000000020")).doesNotExist();
      tell(journal, 16, 40);
      journal.finished();
    }
    String log = Files.readString(folder.resolve("log.csv"));
    String notes = Files.readString(folder.resolve("notes.csv"));
    String page = page();
    Path whole = Files.createDirectory(folder.resolve("whole"));
    try (RunJournal journal =
        RunJournal.open(whole, "<b>net</b>", "name: \"x\" # </pre>", 0, 100, () -> now)) {
      tell(journal, 1, 40);
      journal.finished();
    }
    assertThat(log).isEqualTo(Files.readString(whole.resolve("log.csv")));
    assertThat(notes).isEqualTo(Files.readString(whole.resolve("notes.csv")));
    assertThat(page).isEqualTo(Files.readString(whole.resolve("run.html")));
  }

  @Test
  void goingBackForgetsLaterStepsAndKeepsTheNote() throws IOException {
    try (RunJournal journal = open(0)) {
      tell(journal, 1, 25);
      journal.rewind(20);
      journal.note(20, "rolled back");
      tell(journal, 21, 22);
    }
    assertThat(folder.resolve("log.csv")).content().doesNotContain("\n23,").contains("\n22,l1,");
    assertThat(folder.resolve("notes.csv"))
        .content()
        .contains("20,2024-05-06T07:08:09Z,\"rolled back\"");
  }

  @Test
  void onlyItsOwnSamplesAreDeleted() throws IOException {
    try (RunJournal journal = open(0)) {
      tell(journal, 1, 20);
    }
    Path mine = Files.writeString(folder.resolve("samples/000000020/mine.png"), "mine");
    Path other = Files.createDirectories(folder.resolve("samples/30")).resolve("a.png");
    Files.writeString(other, "other");
    open(10).close();
    assertThat(mine).hasContent("mine");
    assertThat(other).hasContent("other");
    assertThat(folder.resolve("samples/000000020/a.png")).doesNotExist();
    assertThat(folder.resolve("samples/000000010/a.png")).exists();
  }

  @Test
  void samplesAreKeptWholeWithWhatTheyWereMadeOf() throws IOException {
    SamplePicture large = sample("large", 600, 1);
    try (RunJournal journal = open(0)) {
      journal.pictures(5, List.of(large));
    }
    assertThat(Images.read(folder.resolve("samples/000000005/large.png")).bytes())
        .isEqualTo(large.made().bytes());
    assertThat(Images.read(folder.resolve("samples/large_low.png")).bytes())
        .isEqualTo(large.low().bytes());
    assertThat(folder.resolve("samples/large_original.png")).exists();
    assertThat(page()).contains("width=\"256\" height=\"256\"").doesNotContain("width=\"600\"");
  }

  @Test
  void aDamagedSampleDoesNotStopTheRun() throws IOException {
    try (RunJournal journal = open(0)) {
      tell(journal, 1, 20);
    }
    Files.writeString(folder.resolve("samples/000000020/a.png"), "no picture");
    Files.writeString(folder.resolve("samples/b_low.png"), "no picture");
    open(20).close();
    assertThat(page()).doesNotContain("<article>");
  }

  @Test
  void thePageEscapesTextAndNeedsNothingElse() throws IOException {
    try (RunJournal journal = open(0)) {
      journal.note(1, "<script>alert(1)</script>");
      journal.pictures(1, List.of(sample("\"><img src=http://x/>", 8, 0)));
      journal.scalars(1, Map.of("l1", Double.NaN, "rate", Double.POSITIVE_INFINITY));
    }
    assertThat(page())
        .contains("&lt;b&gt;net&lt;/b&gt;", "# &lt;/pre&gt;", "&lt;script&gt;alert", "no number")
        .doesNotContain("<b>net", "<script>alert", "src=\"http", "<link", "url(");
  }

  @Test
  void thePageIsLoadedAgainOnlyWhileTheRunGoesOn() throws IOException {
    String refresh = "http-equiv=\"refresh\"";
    try (RunJournal journal = open(0)) {
      assertThat(page()).contains(refresh, ">running<");
      now = now.plusSeconds(60);
      tell(journal, 1, 50);
      assertThat(page()).contains("about 1 min 0 s left");
    }
    assertThat(page())
        .doesNotContain(refresh)
        .doesNotContainPattern("about [^<]* left")
        .contains(">stopped<", "<b>Step 50</b> of 100");
    try (RunJournal journal = open(50)) {
      tell(journal, 51, 100);
      journal.finished();
    }
    assertThat(page()).doesNotContain(refresh).contains(">finished<");
  }

  @Test
  void thePageIsWrittenAtMostEveryTenSeconds() throws IOException {
    try (RunJournal journal = open(0)) {
      now = now.plusSeconds(9);
      journal.reached(1);
      assertThat(page()).contains("<b>Step 0</b>");
      now = now.plusSeconds(1);
      journal.reached(2);
      assertThat(page()).contains("<b>Step 2</b>");
    }
  }

  @Test
  void aLongRunMakesASmallPage() throws IOException {
    StringBuilder log = new StringBuilder("step,kind,value\n");
    for (int step = 1; step <= 100_000; step++) {
      log.append(step).append(",l1,0.").append(1000 + step * 7919L % 8999).append('\n');
    }
    Files.write(folder.resolve("log.csv"), log.toString().getBytes(StandardCharsets.US_ASCII));
    open(100_000).close();
    assertThat(Files.size(folder.resolve("run.html"))).isLessThan(100_000);
    assertThat(Files.size(folder.resolve("log.csv"))).isEqualTo(log.length());
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Files.writeString(folder.resolve("events"), "");
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("events");
  }

  @Test
  void twoSamplesOfOneNameAreRefused() throws IOException {
    try (RunJournal journal = open(0)) {
      assertThatThrownBy(
              () -> journal.pictures(1, List.of(sample("a", 8, 0), sample("a.png", 8, 0))))
          .hasMessage("two samples are called 'a'");
    }
  }
}
