package io.esrgan.report;

import io.esrgan.file.WholeFile;
import io.esrgan.report.RunPage.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes down what a training run does, so that it can be watched while it learns.
 *
 * <pre>
 * run.html       curves, pictures, notes and recipe in one page, which can be mailed
 * log.csv        every number: step,kind,value
 * notes.csv      what happened: step,time,note
 * samples/       the sample pictures, and what was made of them at each validation
 * events/        the numbers and details of the pictures for TensorBoard
 * </pre>
 *
 * <p>A run that is killed at any moment leaves files that {@link #open} takes up again. Every
 * method that writes throws an {@link IOException} with one line that says what could not be
 * written and why, such as a full disk; what was written before stays good, and the journal can be
 * used further. Used by one thread, in a folder that nobody else writes into.
 */
public final class RunJournal implements AutoCloseable {
  private static final String PAGE = "run.html";
  private static final String METRICS = "log.csv";
  private static final String NOTES = "notes.csv";
  private static final String SAMPLES = "samples";
  private static final String EVENTS = "events";
  private static final Duration PAGE_INTERVAL = Duration.ofSeconds(10);
  private static final int EVENT_SIDE = 256; // pixels; events of a long run would fill the disk

  private final Path folder;
  private final String name;
  private final String recipe;
  private final long steps;
  private final InstantSource clock;
  private MetricLog metrics;
  private NoteLog notes;
  private SampleFolder samples;
  private EventFile events;
  private long first; // step and time from which the pace is reckoned
  private Instant since;
  private long step;
  private State state = State.RUNNING;
  private Optional<Instant> pageWritten = Optional.empty();

  private RunJournal(Path folder, String name, String recipe, long steps, InstantSource clock) {
    this.folder = folder;
    this.name = name;
    this.recipe = recipe;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * Opens the journal of a run, and cuts off what it tells of later steps than {@code done}.
   *
   * @param folder of the run, which must be there
   * @param name of the recipe
   * @param recipeYaml the recipe, resolved
   * @param done steps that are kept: 0 for a new run
   * @param steps of the whole run
   */
  public static RunJournal open(Path folder, String name, String recipeYaml, long done, long steps)
      throws IOException {
    return open(folder, name, recipeYaml, done, steps, Clock.systemUTC());
  }

  static RunJournal open(
      Path folder, String name, String recipeYaml, long done, long steps, InstantSource clock)
      throws IOException {
    RunJournal journal = new RunJournal(folder, name, recipeYaml, steps, clock);
    try {
      journal.begin(done);
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.release(e);
      throw e;
    }
  }

  /** What the journal writes into a run's folder: files and folders by their names. */
  public static List<String> names() {
    return List.of(PAGE, METRICS, NOTES, SAMPLES, EVENTS);
  }

  private void begin(long done) throws IOException {
    metrics = MetricLog.open(folder.resolve(METRICS), done);
    notes = NoteLog.open(folder.resolve(NOTES), done);
    samples = SampleFolder.open(folder.resolve(SAMPLES), done);
    events = EventFile.open(folder.resolve(EVENTS), done, clock.instant());
    first = done;
    since = clock.instant();
    step = done;
    writePage();
  }

  private void release(Exception failure) {
    try {
      closeFiles();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Goes back to a step, and cuts off what was told of later ones. */
  public void rewind(long done) throws IOException {
    closeFiles();
    begin(done);
  }

  /** Tells that a step is done; cheap. */
  public void reached(long done) throws IOException {
    step = done;
    Instant now = clock.instant();
    boolean due =
        pageWritten
            .filter(at -> Duration.between(at, now).abs().compareTo(PAGE_INTERVAL) < 0)
            .isEmpty();
    if (due) {
      writePage();
    }
  }

  /**
   * Tells what was measured at a step.
   *
   * @param values by their kinds, which are made of a-z, 0-9 and hyphens
   */
  public void scalars(long step, Map<String, Double> values) throws IOException {
    metrics.add(step, values);
    Map<String, Double> tagged = new TreeMap<>();
    values.forEach((kind, value) -> tagged.put(Panel.tag(kind), value));
    events.scalars(clock.instant(), step, tagged);
    reached(step);
  }

  /** Shows what was made of the samples at a step: the same ones each time. */
  public void pictures(long step, List<SamplePicture> pictures) throws IOException {
    samples.write(step, pictures);
    for (SamplePicture picture : pictures) {
      events.picture(
          clock.instant(),
          step,
          SAMPLES + "/" + picture.name(),
          Embedded.middle(picture.made(), EVENT_SIDE).to8Bits());
    }
    this.step = step;
    writePage();
  }

  /** Tells that something happened after a step, such as that the run was resumed. */
  public void note(long step, String text) throws IOException {
    notes.add(step, clock.instant(), text);
    reached(step);
  }

  /** Tells that the run is complete. */
  public void finished() throws IOException {
    state = State.FINISHED;
    writePage();
  }

  private void writePage() throws IOException {
    Instant now = clock.instant();
    RunPage page =
        new RunPage(
            name,
            state,
            step,
            steps,
            left(now),
            now,
            metrics.curves(),
            notes.notes(),
            samples.rows(),
            samples.size(),
            recipe);
    byte[] html = page.html();
    WholeFile.replace(folder.resolve(PAGE), html);
    pageWritten = Optional.of(now);
  }

  /** At the pace of this process so far. */
  private Optional<Duration> left(Instant now) {
    long taken = step - first;
    long millis = Duration.between(since, now).toMillis();
    if (state != State.RUNNING || taken <= 0 || millis <= 0 || step >= steps) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) ((double) millis / taken * (steps - step))));
  }

  /** Closes the files; a run that is not complete is shown as stopped. */
  @Override
  public void close() throws IOException {
    try {
      if (state == State.RUNNING) {
        state = State.STOPPED;
        writePage();
      }
    } finally {
      closeFiles();
    }
  }

  @SuppressWarnings("try") // closing is all that is done with them
  private void closeFiles() throws IOException {
    try (MetricLog numbers = metrics;
        NoteLog words = notes;
        EventFile told = events) {
      // Also when one of them fails, and those that were never opened are null.
    }
  }
}
