package io.esrgan.report;

import io.esrgan.file.GrowingFile;
import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What happened in a run, as CSV in UTF-8: {@code step,time,note}, the time in UTC.
 *
 * <p>On resume, notes of steps after the checkpoint are cut off.
 */
final class NoteLog implements AutoCloseable {
  private static final String HEADER = "step,time,note";
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,18}),([0-9TZ:.-]+),\"((?:[^\"]++|\"\")*+)\"");

  /** Something that happened after a step. */
  record Note(long step, Instant time, String text) {
    private String line() {
      return step + "," + time + ",\"" + text.replace("\"", "\"\"") + "\"\n";
    }
  }

  private final GrowingFile file;
  private final List<Note> notes;

  private NoteLog(GrowingFile file, List<Note> notes) {
    this.file = file;
    this.notes = notes;
  }

  /** Opens the notes of a run of which {@code done} steps are kept. */
  static NoteLog open(Path file, long done) throws IOException {
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    List<Note> notes = new ArrayList<>();
    text.lines()
        .map(NoteLog::parsed)
        .flatMap(Optional::stream)
        .filter(note -> note.step <= done)
        .forEach(notes::add);
    String kept = notes.stream().map(Note::line).collect(Collectors.joining("", HEADER + "\n", ""));
    WholeFile.replace(file, kept);
    return new NoteLog(GrowingFile.open(file), notes);
  }

  /** Nothing, if a crash garbled the line. */
  private static Optional<Note> parsed(String line) {
    Matcher cells = LINE.matcher(line);
    if (!cells.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Note(
              Long.parseLong(cells.group(1)),
              Instant.parse(cells.group(2)),
              cells.group(3).replace("\"\"", "\"")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Adds a note; line ends in it become spaces. */
  void add(long step, Instant time, String text) throws IOException {
    Note note = new Note(step, time, text.replaceAll("\\p{Cntrl}+", " "));
    file.add(note.line().getBytes(StandardCharsets.UTF_8));
    notes.add(note);
  }

  /** All notes, in their order. */
  List<Note> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
