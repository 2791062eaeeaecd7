package io.esrgan.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A sample as a page shows it: details of its middle, all of the same place.
 *
 * @param file what was made last, relative to the folder of samples
 * @param step when it was made
 * @param scale how many times {@code low} is smaller than the others
 * @param stages a smaller detail of what was made at some validations, oldest first
 */
record SampleRow(
    String name,
    String file,
    long step,
    int scale,
    Embedded low,
    Embedded made,
    Embedded original,
    List<Stage> stages) {

  /** This row with other stages, in the map's order. */
  SampleRow with(Map<Long, Embedded> other) {
    List<Stage> given =
        other.entrySet().stream().map(e -> new Stage(e.getKey(), e.getValue())).toList();
    return new SampleRow(name, file, step, scale, low, made, original, given);
  }

  /** The file as part of an address. */
  String address() {
    return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /** What was made at a step. */
  record Stage(long step, Embedded picture) {}
}
