package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Images;
import io.esrgan.image.Limits;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_250L);
  private static final Path FIRST = Path.of("events.out.tfevents.1700000000.esrgan");
  private static final Path SECOND = Path.of("events.out.tfevents.1700000001.esrgan");

  @TempDir Path folder;

  private void write(long done, long... steps) throws IOException {
    try (EventFile events = EventFile.open(folder, done, NOW)) {
      for (long step : steps) {
        events.scalars(NOW, step, Map.of("loss/l1", 0.5));
      }
    }
  }

  /** The steps of the events that hold a field. */
  private List<Long> steps(Path file, long field) throws IOException {
    List<Long> steps = new ArrayList<>();
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      for (Optional<byte[]> next = TfRecords.next(in);
          next.isPresent();
          next = TfRecords.next(in)) {
        Map<Long, Long> fields = Message.fields(next.get());
        if (fields.containsKey(field)) {
          steps.add(fields.get(2L));
        }
      }
    }
    return steps;
  }

  @Test
  void theBytesAreThoseOfAnIndependentWriter() throws IOException {
    try (EventFile events = EventFile.open(folder, 0, NOW)) {
      events.scalars(NOW, 100, new TreeMap<>(Map.of("loss/l1", 0.5, "rate/rate", 2e-4)));
      events.scalars(NOW, 70_000, Map.of("loss/l1", Double.NaN));
    }
    assertThat(Files.readAllBytes(folder.resolve(FIRST)))
        .isEqualTo(EventFileTest.class.getResourceAsStream("events.bin").readAllBytes());
  }

  @Test
  void aPictureIsThePngFileItself() throws IOException {
    Picture picture =
        Picture.of8Bit(2, 1, Picture.Channels.RGB, new byte[] {1, 2, 3, 4, 5, 6}, Metadata.NONE);
    try (EventFile events = EventFile.open(folder, 0, NOW)) {
      events.picture(NOW, 7, "samples/a", picture);
    }
    String all = new String(Files.readAllBytes(folder.resolve(FIRST)), StandardCharsets.ISO_8859_1);
    byte[] png = Images.png(picture);
    assertThat(all).contains("samples/a").contains(new String(png, StandardCharsets.ISO_8859_1));
    assertThat(Images.read(new ByteArrayInputStream(png), "a", Limits.standard()).bytes())
        .isEqualTo(picture.bytes());
    assertThat(steps(FIRST, 5)).containsExactly(7L);
  }

  @Test
  void resumingCutsLaterStepsOffAndGoesOnInANewFile() throws IOException {
    write(0, 1, 2, 3, 4);
    write(2, 3);
    assertThat(steps(FIRST, 5)).containsExactly(1L, 2L);
    assertThat(steps(SECOND, 5)).containsExactly(3L);
    assertThat(steps(SECOND, 7)).as("where TensorBoard forgets what it saw").containsExactly(3L);
  }

  @Test
  void aTornLastRecordIsDropped() throws IOException {
    write(0, 1, 2);
    Path file = folder.resolve(FIRST);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 3));
    write(9);
    assertThat(steps(FIRST, 5)).containsExactly(1L);
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    write(9);
    assertThat(steps(FIRST, 5)).containsExactly(1L);
  }

  @Test
  void aDamagedRecordEndsWhatIsKept() throws IOException {
    write(0, 1, 2);
    Path file = folder.resolve(FIRST);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);
    write(9);
    assertThat(steps(FIRST, 5)).containsExactly(1L);
  }

  @Test
  void filesThatSayNothingAreRemovedAndThoseOfOthersLeftAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("events.out.tfevents.5.host"), "theirs");
    write(0, 5);
    write(4, 5);
    assertThat(folder.resolve(FIRST)).doesNotExist();
    assertThat(steps(SECOND, 5)).containsExactly(5L);
    assertThat(other).hasContent("theirs");
  }
}
