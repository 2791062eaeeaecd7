package io.esrgan.report;

import io.esrgan.file.Folders;
import io.esrgan.file.GrowingFile;
import io.esrgan.file.WholeFile;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run measured, as TensorBoard reads it: a file {@code events.out.tfevents.SECONDS.esrgan}
 * of Event messages for every time that the run was begun or resumed.
 *
 * <p>On resume, events of later steps than the checkpoint's are cut off the older files. The new
 * file says from which step it goes on, so that a TensorBoard that is looking on forgets them too.
 *
 * <p>Field numbers: TensorFlow's {@code event.proto} and {@code summary.proto}.
 */
final class EventFile implements AutoCloseable {
  private static final Pattern OWN =
      Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\.esrgan");
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION = 7;
  private static final long SESSION_STARTS = 1;

  private final GrowingFile file;

  private EventFile(GrowingFile file) {
    this.file = file;
  }

  /**
   * Begins a file in a folder, which is made if it is not there.
   *
   * @param done steps whose events are kept in older files
   */
  static EventFile open(Path folder, long done, Instant now) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "%s is a file, where a folder for events is needed".formatted(folder), e);
    }
    long newest = 0;
    for (Path old : Folders.entries(folder)) {
      Matcher own = OWN.matcher(old.getFileName().toString());
      if (own.matches() && Files.isRegularFile(old, LinkOption.NOFOLLOW_LINKS)) {
        newest = Math.max(newest, Long.parseLong(own.group(1)));
        cut(old, done);
      }
    }
    // TensorBoard reads a folder's files in the order of their names.
    long seconds = Math.max(newest + 1, now.getEpochSecond());
    EventFile events =
        new EventFile(
            GrowingFile.open(folder.resolve("events.out.tfevents.%d.esrgan".formatted(seconds))));
    events.add(event(now, 0).put(VERSION, "brain.Event:2"));
    if (newest > 0) {
      events.add(event(now, done + 1).put(SESSION, new Message().put(1, SESSION_STARTS)));
    }
    return events;
  }

  /** Drops events of later steps, and what a crash left at the end. */
  private static void cut(Path file, long done) throws IOException {
    Kept kept = copy(file, done, OutputStream.nullOutputStream());
    if (!kept.summaries()) {
      Files.delete(file);
    } else if (kept.bytes() < Files.size(file)) {
      WholeFile.replace(file, out -> copy(file, done, out));
    }
  }

  private record Kept(long bytes, boolean summaries) {}

  private static Kept copy(Path file, long done, OutputStream to) throws IOException {
    long bytes = 0;
    boolean summaries = false;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Optional<byte[]> next = TfRecords.next(in);
      while (next.isPresent()) {
        Map<Long, Long> fields = fields(next.get());
        if (fields.getOrDefault((long) STEP, 0L) <= done) {
          byte[] record = TfRecords.framed(next.get());
          to.write(record);
          bytes += record.length;
          summaries |= fields.containsKey((long) SUMMARY);
        }
        next = TfRecords.next(in);
      }
    }
    return new Kept(bytes, summaries);
  }

  /** What is no event belongs to no step. */
  private static Map<Long, Long> fields(byte[] event) {
    try {
      return Message.fields(event);
    } catch (IllegalArgumentException e) {
      return Map.of((long) STEP, Long.MAX_VALUE);
    }
  }

  /** Adds numbers by their tags. */
  void scalars(Instant now, long step, Map<String, Double> values) throws IOException {
    Message summary = new Message();
    values.forEach(
        (tag, value) -> summary.put(1, new Message().put(1, tag).put(2, value.floatValue())));
    add(event(now, step).put(SUMMARY, summary));
  }

  /** Adds a picture. */
  void picture(Instant now, long step, String tag, Picture picture) throws IOException {
    Message image =
        new Message()
            .put(1, picture.height())
            .put(2, picture.width())
            .put(3, picture.channels().count())
            .put(4, Images.png(picture));
    Message summary = new Message().put(1, new Message().put(1, tag).put(4, image));
    add(event(now, step).put(SUMMARY, summary));
  }

  private static Message event(Instant now, long step) {
    return new Message().put(WALL_TIME, now.toEpochMilli() / 1e3).put(STEP, step);
  }

  private void add(Message event) throws IOException {
    file.add(TfRecords.framed(event.bytes()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
