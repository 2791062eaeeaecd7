package io.esrgan.metric;

import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * No-reference scores of Ma et al. 2017, "Learning a no-reference quality metric for single-image
 * super-resolution", 0 to 10, higher is better: computed elsewhere, for their model is not part of
 * this program. With them and NIQE there is a {@linkplain #perceptualIndex perceptual index}.
 *
 * @param scores by the pictures' file names
 * @param file where they are from
 * @param sha256 of that file
 */
public record MaScores(Map<String, Double> scores, Path file, String sha256) {
  private static final int LARGEST = 10;

  public MaScores {
    scores = Map.copyOf(scores);
  }

  /**
   * Reads a CSV file whose first line names the columns, {@code picture} and {@code ma} among them;
   * of a picture's path only the file name counts.
   *
   * @throws IOException if it cannot be read, lacks a column, or a score is not 0 to 10 or there
   *     twice
   */
  public static MaScores read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new IOException(file + ": is not UTF-8 text; name a CSV file", e);
    }
    List<String> header =
        lines.isEmpty() ? List.of() : cells(lines.get(0).toLowerCase(Locale.ROOT));
    int picture = header.indexOf("picture");
    int ma = header.indexOf("ma");
    if (picture < 0 || ma < 0) {
      throw new IOException(
          "%s: the first line must name the columns picture and ma, separated by commas"
              .formatted(file));
    }
    Map<String, Double> scores = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        List<String> cells = cells(lines.get(i));
        double score = Math.max(picture, ma) < cells.size() ? score(cells.get(ma)) : Double.NaN;
        if (!(score >= 0 && score <= LARGEST)) {
          throw new IOException(
              "%s: line %d, '%s', has no score from 0 to %d"
                  .formatted(file, i + 1, lines.get(i), LARGEST));
        }
        if (scores.put(name(cells.get(picture)), score) != null) {
          throw new IOException(
              "%s: line %d names %s again; leave one score"
                  .formatted(file, i + 1, cells.get(picture)));
        }
      }
    }
    return new MaScores(scores, file, Weights.sha256(file));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1))
        .map(cell -> cell.strip().replaceAll("^\"(.*)\"$", "$1"))
        .toList();
  }

  private static double score(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String name(String picture) {
    return picture.substring(Math.max(picture.lastIndexOf('/'), picture.lastIndexOf('\\')) + 1);
  }

  /**
   * The score of a picture.
   *
   * @param picture its path or file name
   * @throws IllegalArgumentException if there is none
   */
  public double of(String picture) {
    return Optional.ofNullable(scores.get(name(picture)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no score for %s; add a line".formatted(file, name(picture))));
  }

  /**
   * The perceptual index of the PIRM challenge (Blau et al. 2018): half the sum of NIQE and what
   * Ma's score lacks of 10; lower is better.
   */
  public static double perceptualIndex(double niqe, double ma) {
    return (LARGEST - ma + niqe) / 2;
  }
}
