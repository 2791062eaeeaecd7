package io.esrgan.bench;

import io.esrgan.tensor.Engine;
import io.esrgan.tensor.Precision;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The processor's peaks in the precisions of a contest, measured again in each of its rounds. */
final class Peaks {
  private final List<Peak> peaks;

  /** Matrices belong to the {@code PointerScope} that is open now. */
  Peaks(Collection<Precision> precisions) {
    peaks =
        precisions.stream()
            .distinct()
            .map(precision -> new Peak(precision, Engine.threads()))
            .toList();
  }

  /** Of the precisions that contestants compute in. */
  static Peaks of(List<Contestant> contestants) {
    return new Peaks(contestants.stream().map(Contestant::precision).toList());
  }

  void measure() {
    peaks.forEach(Peak::measure);
  }

  /** The part of its precision's peak that a rate is. */
  double share(double rate, Precision precision) {
    return rate
        / peaks.stream()
            .filter(peak -> peak.precision() == precision)
            .findFirst()
            .orElseThrow()
            .rate();
  }

  @Override
  public String toString() {
    return peaks.stream().map(Peak::toString).collect(Collectors.joining(", "));
  }
}
