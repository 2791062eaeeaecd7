package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.file.LockFile;
import io.esrgan.file.WholeFile;
import io.esrgan.metric.Metric;
import io.esrgan.report.Table;
import io.esrgan.study.StudyPlan.Planned;
import io.esrgan.study.StudyPlan.Run;
import io.esrgan.train.Trainer;
import io.esrgan.train.TrainingListener;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A study carried out in a folder: row after row is trained and measured, and after each the report
 * is written anew.
 *
 * <pre>
 * ROW/STAGE/                       a training run, as Trainer leaves it
 * ROW/results.json                 what the row's last model was measured at
 * ROW/pictures/                    what it makes of the pictures that are shown
 * table.md, table.csv, table.json  the numbers of all rows
 * figure.png, brightness.png       their pictures side by side, and how bright they are
 * index.html, pictures.html        all of it to look at
 * </pre>
 *
 * <p>What is there already is not done again: a run that is complete is kept, one that was
 * interrupted goes on and ends with the same weights, to the last bit. A row is measured again
 * where its model, the test sets or the measures are others.
 *
 * <p>Runs on the calling thread; only {@link #stop} may be called by another.
 */
public final class StudyRun {
  private static final String RESULTS = "results.json";
  private static final String BICUBIC = "bicubic.json";
  private static final int MOST_ASIDE = 1000;

  private final Path folder;
  private final StudyPlan plan;
  private final StudyListener listener;
  private final StudyReport report;
  private final StudyMeasuring measuring;
  private OptionalInt threads = OptionalInt.empty();
  private boolean renewed; // whether the report lacks a row's new numbers
  private volatile boolean stopped;
  private volatile Trainer trainer; // that trains now, else null

  /**
   * Resolves the study's recipes and opens its test sets. Writes nothing.
   *
   * @throws io.esrgan.train.RecipeException if something in a recipe is wrong
   * @throws IOException if a test set cannot be used, or no text can be drawn here
   */
  public StudyRun(Study study, Path folder, List<Metric> metrics, StudyListener listener)
      throws IOException {
    this.folder = folder;
    this.listener = listener;
    plan = new StudyPlan(study, folder);
    List<Dataset> sets = new ArrayList<>();
    for (Path set : study.measuring().sets()) {
      sets.add(Dataset.open(set, plan.scale()));
    }
    requireNamedApart(sets, study.measuring().sets());
    measuring = new StudyMeasuring(plan.scale(), sets, Measure.of(metrics, plan.scale()));
    report = new StudyReport(study, folder, plan, sets);
  }

  /** Rows of a table are told apart by the names of sets. */
  private static void requireNamedApart(List<Dataset> sets, List<Path> folders) throws IOException {
    Map<String, Path> named = new HashMap<>();
    for (int i = 0; i < sets.size(); i++) {
      Path other = named.putIfAbsent(sets.get(i).name(), folders.get(i));
      if (other != null) {
        throw new IOException(
            "measure.sets: %s and %s are both called %s; rename one of them, or leave it out"
                .formatted(other, folders.get(i), sets.get(i).name()));
      }
    }
  }

  /** Says how many threads compute one operation of a training. */
  public void useThreads(int count) {
    threads = OptionalInt.of(count);
  }

  /** Asks the study to end: a training finishes its step and writes a checkpoint. */
  public void stop() {
    stopped = true;
    Trainer training = trainer;
    if (training != null) {
      training.stop();
    }
  }

  /**
   * Carries the study out, or goes on with it.
   *
   * @param again whether runs of other recipes, which are in the way, are set aside and trained
   *     anew; without it they are an error
   * @return the table of all rows; nothing if it was stopped before they were done
   * @throws IOException if there are runs of other recipes in the folder, a run fails, a file
   *     cannot be written, or another process is at work there
   */
  public Optional<Table> run(boolean again) throws IOException {
    Files.createDirectories(folder);
    try (LockFile lock =
        LockFile.take(folder.resolve(".lock"))
            .orElseThrow(
                () -> new IOException("another process is at work in %s".formatted(folder)))) {
      setAside(plan.changed(), again);
      WholeFile.sweep(folder);
      plan.requireFeatures();
      Map<String, Table> tables = new LinkedHashMap<>();
      // Before hours of training: it reads all pictures.
      tables.put(BICUBIC, measured(folder.resolve(BICUBIC), Optional.empty()));
      Set<Run> complete = new HashSet<>();
      for (Planned row : plan.rows()) {
        for (Run run : row.runs()) {
          if (complete.add(run)) {
            train(run);
          }
          if (stopped) {
            return Optional.empty();
          }
        }
        tables.put(row.row().name(), measured(row.folder().resolve(RESULTS), Optional.of(row)));
        if (renewed || tables.size() > plan.rows().size()) {
          report.write(tables);
          renewed = false;
        }
      }
      return Optional.of(report.table(tables));
    }
  }

  private static void setAside(Map<Run, String> changed, boolean again) throws IOException {
    if (changed.isEmpty()) {
      return;
    }
    if (!again) {
      Map.Entry<Run, String> first = changed.entrySet().iterator().next();
      throw new IOException(
          "%s is of another recipe than the study's now (%s): give another --out, or --again to set it aside and train it anew%s"
              .formatted(
                  first.getKey().folder(),
                  first.getValue(),
                  changed.size() == 1 ? "" : "; so are %d more".formatted(changed.size() - 1)));
    }
    List<Run> runs = new ArrayList<>(changed.keySet());
    Collections.reverse(runs); // Killed in between, it leaves none without the run it began from.
    for (Run run : runs) {
      Files.move(run.folder(), aside(run.folder()));
    }
  }

  /** A name that is free: nothing that was trained is deleted. */
  private static Path aside(Path folder) throws IOException {
    for (int i = 1; i < MOST_ASIDE; i++) {
      Path free = folder.resolveSibling("%s.before-%d".formatted(folder.getFileName(), i));
      if (!Files.exists(free)) {
        return free;
      }
    }
    throw new IOException("%s was set aside too often; clear up there".formatted(folder));
  }

  private void train(Run run) throws IOException {
    Trainer told = new Trainer(run.recipe(), run.folder(), new TrainingListener() {});
    OptionalLong saved = told.saved();
    if (saved.orElse(-1) >= run.recipe().steps()) {
      listener.keeps(run.title(), run.folder());
      return;
    }
    Trainer training =
        new Trainer(run.recipe(), run.folder(), listener.trains(run.title(), run.folder()));
    threads.ifPresent(training::useThreads);
    trainer = training;
    if (stopped) {
      training.stop(); // It was asked for before this one was there to be told.
    }
    try {
      training.run(saved.isPresent());
    } finally {
      trainer = null;
      listener.trained();
    }
  }

  /** The row's numbers, or bicubic's, from the file where they are still true. */
  private Table measured(Path file, Optional<Planned> row) throws IOException {
    String weights = row.isPresent() ? Weights.sha256(row.get().model()) : "";
    Optional<Table> there = measuring.read(file, weights);
    boolean shown = row.isEmpty() || report.hasPictures(row.get());
    if (there.isPresent() && shown) {
      return there.get();
    }
    List<Result> results;
    if (row.isPresent()) {
      try (RowModel model = new RowModel(row.get(), weights)) {
        results = measuring.measure(model.method());
        report.keepPictures(row.get(), model.method());
      }
    } else {
      results = measuring.measure(Method.bicubic(plan.scale()));
    }
    Table table = measuring.table(results);
    WholeFile.replace(file, table.json());
    renewed = true;
    listener.measured(row.map(it -> it.row().name()).orElse("bicubic"), results);
    return table;
  }
}
