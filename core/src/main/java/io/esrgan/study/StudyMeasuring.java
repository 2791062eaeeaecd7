package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rows of a study are measured on and by, and numbers of theirs that are there already.
 */
final class StudyMeasuring {
  private final List<Dataset> sets;
  private final Evaluation evaluation;
  private final List<String> notes = new ArrayList<>();

  StudyMeasuring(int scale, List<Dataset> sets, List<Measure> measures) throws IOException {
    this.sets = List.copyOf(sets);
    evaluation = new Evaluation(scale, measures).lenient();
    for (Dataset set : sets) {
      notes.add(
          "%s: %d pictures, CRC-32 of their files' names and sizes %08x"
              .formatted(set.name(), set.size(), set.fingerprint()));
    }
  }

  List<Result> measure(Method method) throws IOException {
    Evaluation.warmUp(List.of(method));
    return evaluation.run(List.of(method), sets, result -> {});
  }

  Table table(List<Result> results) {
    return evaluation.table(results, sets).withNotes(notes);
  }

  /**
   * The numbers in a file, if they are what would be measured now.
   *
   * @param weights SHA-256 of the model; empty for none
   */
  Optional<Table> read(Path file, String weights) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Table table;
    try {
      table = Table.ofJson(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s %s; delete it".formatted(file, e.getMessage()), e);
    }
    Table now = table(List.of());
    boolean alike = measures(table).equals(measures(now)) && table.notes().equals(now.notes());
    return alike && isOf(table, weights) ? Optional.of(table) : Optional.empty();
  }

  /** What a row took, on whatever machine, makes its numbers no others. */
  private static List<Column> measures(Table table) {
    return table.without(JoinedTable.COSTS).columns();
  }

  private boolean isOf(Table table, String weights) {
    Set<Object> measured =
        table.rows().stream()
            .filter(row -> table.cell(row, Evaluation.WEIGHTS).equals(weights))
            .map(row -> table.cell(row, Evaluation.SET))
            .collect(Collectors.toSet());
    boolean program =
        table.rows().stream()
            .allMatch(row -> table.cell(row, Evaluation.PROGRAM).equals(Provenance.PROGRAM));
    return program && measured.containsAll(sets.stream().map(Dataset::name).toList());
  }
}
