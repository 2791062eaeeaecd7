package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded pairs of pictures by their number, as many as a budget of memory holds: the one not used
 * for the longest time goes first and is decoded again when it is wanted. Safe for several threads,
 * which decode different pictures at the same time and never the same one twice.
 *
 * <p>A picture that turns out to be broken when it is decoded is named in one warning and stays
 * absent.
 */
final class PairStore {
  private static final Logger LOG = LoggerFactory.getLogger(PairStore.class);

  private final List<Source> sources;
  private final int scale;
  private final int channels;
  private final int smallest;
  private final long budget;
  private final Object[] decoding; // one lock a picture
  private final Map<Integer, Pair> held = new LinkedHashMap<>(16, 0.75f, true);
  private final BitSet broken;
  private long bytes;

  PairStore(List<Source> sources, BatchPlan plan, long budget) {
    this.sources = sources;
    this.scale = plan.scale();
    this.channels = plan.channels();
    this.smallest = plan.piece();
    this.budget = budget;
    this.decoding = new Object[sources.size()];
    this.broken = new BitSet(sources.size());
    for (int i = 0; i < decoding.length; i++) {
      decoding[i] = new Object();
    }
  }

  /**
   * One picture, or nothing if it is broken.
   *
   * @throws IOException if by now every picture is broken
   */
  Optional<Pair> get(int number) throws IOException {
    synchronized (decoding[number]) {
      synchronized (held) {
        if (broken.get(number)) {
          return Optional.empty();
        }
        Pair pair = held.get(number);
        if (pair != null) {
          return Optional.of(pair);
        }
      }
      Optional<Pair> pair = decode(number);
      synchronized (held) {
        if (pair.isPresent()) {
          hold(number, pair.get());
        } else {
          broken.set(number);
          if (broken.cardinality() == sources.size()) {
            throw new IOException(
                "none of the " + sources.size() + " training pictures can be read any more");
          }
        }
      }
      return pair;
    }
  }

  private Optional<Pair> decode(int number) {
    Source source = sources.get(number);
    try {
      Pair pair = Pair.read(source, scale, channels);
      if (pair.width() < smallest || pair.height() < smallest) {
        throw new IOException(source.path() + " has become too small for a crop");
      }
      return Optional.of(pair);
    } catch (IOException e) {
      LOG.warn("left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void hold(int number, Pair pair) {
    held.put(number, pair);
    bytes += pair.bytes();
    Iterator<Pair> oldest = held.values().iterator();
    while (bytes > budget && held.size() > 1) { // the newest stays, whatever its size
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
