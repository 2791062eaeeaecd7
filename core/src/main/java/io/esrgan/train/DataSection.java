package io.esrgan.train;

import io.esrgan.data.BatchLoader;
import io.esrgan.data.LowCheck;
import io.esrgan.data.PictureFolder;
import io.esrgan.data.Sampling;
import io.esrgan.degrade.Degradation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The pictures.
 *
 * @param train folders of high-resolution pictures to train on, at least one
 * @param low a folder for each of them, with its pictures' low resolution; none to make that
 * @param checkLow how pictures of {@code low} are checked
 * @param validation a folder to measure on: {@code HR}, with or without {@code LRxN} of the same
 *     names, or the high-resolution pictures themselves; none for no measuring
 * @param crop side of the high-resolution crops in pixels, a multiple of the scale
 * @param batch pairs in a batch
 * @param sampling how often a picture is drawn
 * @param pool pictures that crops are drawn from at a time, 0 for all
 * @param pictures how many of the pictures are used, spread over all of them; 0 for all
 * @param augment whether crops are mirrored and transposed at random
 * @param degradation what makes the low resolution; none for bicubic or what {@code low} has
 * @param workers threads that prepare batches
 * @param cache bytes of memory for decoded pictures; 0 for a quarter of the heap
 */
public record DataSection(
    List<Path> train,
    List<Path> low,
    LowCheck checkLow,
    Optional<Path> validation,
    int crop,
    int batch,
    Sampling sampling,
    int pool,
    int pictures,
    boolean augment,
    Optional<Degradation> degradation,
    int workers,
    long cache) {

  public DataSection {
    train = List.copyOf(train);
    RecipeRule.check(!train.isEmpty(), "data.train", train, "one folder of pictures or several");
    low = List.copyOf(low);
    RecipeRule.check(
        low.isEmpty() || low.size() == train.size(),
        "data.low",
        low,
        "as many folders as data.train names, %d".formatted(train.size()));
    RecipeRule.check(
        checkLow == LowCheck.SIZE || !low.isEmpty(),
        "data.check-low",
        Words.of(checkLow),
        "size where there is no data.low");
    RecipeRule.check(crop >= 1, "data.crop", crop, "at least 1");
    RecipeRule.check(batch >= 1, "data.batch", batch, "at least 1");
    RecipeRule.check(pool >= 0, "data.pool", pool, "at least 0 (all pictures)");
    RecipeRule.check(pictures >= 0, "data.pictures", pictures, "at least 0 (all pictures)");
    RecipeRule.check(
        degradation.isEmpty() || low.isEmpty(),
        "data.degradation",
        RecipeReader.REAL_ESRGAN,
        "none where data.low gives the low resolution");
    RecipeRule.check(workers >= 1, "data.workers", workers, "at least 1");
    RecipeRule.check(cache >= 0, "data.cache", cache, "auto or a size such as 512m or 2g");
  }

  /** Opens and checks the pictures to train on. */
  public PictureFolder pictures(int scale) throws IOException {
    if (low.isEmpty()) {
      int smallest = crop + 2 * degradation.map(Degradation::margin).orElse(0);
      return PictureFolder.open(train, smallest).some(pictures);
    }
    PictureFolder pairs = PictureFolder.openPairs(train, low, scale, crop).some(pictures);
    if (checkLow == LowCheck.RESIZE) {
      pairs.requireShrunk(scale, workers);
    }
    return pairs;
  }

  /** Bytes of memory for decoded pictures on this machine. */
  public long cacheBytes() {
    return cache == 0 ? BatchLoader.defaultCacheBytes() : cache;
  }
}
