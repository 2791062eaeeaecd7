package io.esrgan.data;

import io.esrgan.random.Dice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training batches without end, prepared ahead by threads of its own while the network computes.
 *
 * <p>The batch of a step depends on the seed, the step, the plan and the list of pictures, and on
 * nothing else: not on the steps before it, so a run resumes exactly where it was left, and not on
 * the number of threads or the memory given. There are no epochs; every sample is drawn anew, from
 * all pictures or, where the plan has a pool, from those that are in use at the step.
 *
 * <p>{@link #next} is for one thread. The threads of the loader never keep a program from ending.
 *
 * <pre>{@code
 * PictureFolder pictures = PictureFolder.open(folders, plan.crop());
 * try (BatchLoader batches = new BatchLoader(pictures, plan, seed, 0)) {
 *   Batch first = batches.next();
 * }
 * }</pre>
 */
public final class BatchLoader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLoader.class);
  private static final int AHEAD = 4; // batches prepared ahead
  private static final double POOL_SHARE = 0.8; // of the cache: sizes vary, and one comes ahead

  private final BatchPlan plan;
  private final PictureFolder pictures;
  private final long seed;
  private final CropDraw draw;
  private final PairStore pairs;
  private final ExecutorService workers;
  private final Queue<Future<Batch>> ahead = new ArrayDeque<>(); // in the order of steps
  private long prepared; // the next step to hand to a worker
  private boolean closed;

  /** One thread, and a quarter of the heap for decoded pictures. */
  public BatchLoader(PictureFolder pictures, BatchPlan plan, long seed, long firstStep) {
    this(pictures, plan, seed, firstStep, 1, defaultCacheBytes());
  }

  /**
   * Starts preparing the batch of {@code firstStep}.
   *
   * @param pictures opened for crops of this plan
   * @param seed any number
   * @param firstStep the step of the first batch that {@link #next} returns
   * @param threads threads that prepare batches, at least 1
   * @param cacheBytes memory for decoded pictures, in bytes; what does not fit is decoded again
   */
  public BatchLoader(
      PictureFolder pictures,
      BatchPlan plan,
      long seed,
      long firstStep,
      int threads,
      long cacheBytes) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads cannot prepare batches");
    }
    this.pictures = pictures;
    this.plan = plan;
    this.seed = seed;
    this.prepared = firstStep;
    this.draw = new CropDraw(pictures.sources(), plan, seed);
    this.pairs = new PairStore(pictures.sources(), plan, cacheBytes);
    logMemory(cacheBytes);
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "esrgan-batches");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < Math.max(AHEAD, threads); i++) {
      prepareOneMore();
    }
  }

  /** A quarter of the largest heap this program may have, in bytes. */
  public static long defaultCacheBytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  /**
   * The batch of the next step; waits until it is ready.
   *
   * @throws IOException if no picture can be read any more, or the thread was interrupted
   */
  public Batch next() throws IOException {
    if (closed) {
      throw new IllegalStateException("the batch loader is closed");
    }
    Future<Batch> oldest = ahead.remove();
    prepareOneMore();
    try {
      return oldest.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while waiting for a batch").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException("cannot prepare a batch: " + reason(e.getCause()), e.getCause());
    }
  }

  /** Stops the threads; a picture that is being decoded is not waited for longer than a second. */
  @Override
  public void close() {
    closed = true;
    workers.shutdownNow();
    ahead.clear();
    try {
      boolean ended = workers.awaitTermination(1, TimeUnit.SECONDS);
      LOG.debug("batch threads {}", ended ? "ended" : "end with the picture they are decoding");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepareOneMore() {
    long step = prepared++;
    ahead.add(workers.submit(() -> prepare(step)));
    draw.coming(step).ifPresent(this::decodeAhead);
  }

  /** So that no batch waits for it later; what is wrong with it, a batch that wants it will say. */
  private void decodeAhead(int picture) {
    Future<?> unwatched = workers.submit(() -> pairs.get(picture));
    LOG.trace("decoding picture {} ahead: {}", picture, unwatched);
  }

  private Batch prepare(long step) throws IOException {
    Crops crops = new Crops(plan);
    for (int i = 0; i < plan.size(); i++) {
      Dice dice = new Dice(seed, step, i);
      Pair pair = pair(step, dice);
      crops.add(pair, draw.crop(pair, dice), dice);
    }
    return crops.batch(step);
  }

  /** A picture that can be read; one that cannot is drawn again. */
  private Pair pair(long step, Dice dice) throws IOException {
    for (long attempt = 0; ; attempt++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the batch loader was closed");
      }
      Optional<Pair> pair = pairs.get(draw.picture(step, attempt, dice));
      if (pair.isPresent()) {
        return pair.get();
      }
    }
  }

  private void logMemory(long cacheBytes) {
    double sample = plan.channels() * (1 + 1.0 / ((double) plan.scale() * plan.scale()));
    double all = pictures.pixels() * sample;
    double one = draw.meanPixels() * sample;
    double used = draw.rotates() ? plan.pool() * one : all;
    String what =
        draw.rotates() ? plan.pool() + " of them in use at a time" : "all of them in use at once";
    String share =
        used <= cacheBytes
            ? "which are held"
            : String.format(
                Locale.ROOT,
                "of which the cache holds %.0f %%; the others are decoded again and again: set"
                    + " data.pool to %d or less, or give more memory",
                100 * cacheBytes / used,
                Math.max(1, (long) (POOL_SHARE * cacheBytes / one)));
    LOG.info(
        "training on {}, {} MB decoded, {}, {}",
        pictures,
        Math.round(all / (1 << 20)),
        what,
        share);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return "out of memory; give the program more heap (-Xmx) or the pictures a smaller cache";
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
