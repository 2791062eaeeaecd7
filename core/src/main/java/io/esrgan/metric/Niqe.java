package io.esrgan.metric;

import io.esrgan.asset.Assets;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The natural image quality evaluator (Mittal, Soundararajan and Bovik 2013): how far the
 * statistics of a picture are from those of natural ones; the lower the better, about 2 to 5 for
 * good photographs. The numbers are those of the authors' MATLAB code and BasicSR's.
 *
 * <p>The luma (gray as it is) is rounded to whole numbers, inside the border, and cut at the right
 * and the bottom to whole blocks of 96 x 96 pixels. Each gives 36 numbers, {@link BlockFeatures} at
 * its size and at half of it, and a Gaussian fitted to those of all blocks is held against the one
 * that was fitted to many natural pictures. Two blocks must not be flat; some dozens make a number
 * worth comparing, since a picture of a few blocks gets a larger one.
 *
 * <p>Immutable. Takes some ten bytes a pixel while it measures.
 */
public final class Niqe implements NoReference {
  /** The asset that the parameters are. */
  public static final String ASSET = "niqe";

  private static final int BLOCK = 96;
  private static final int SIZE = 2 * BlockFeatures.COUNT;
  private static final String MEAN = "mu_pris_param";
  private static final String COVARIANCE = "cov_pris_param";
  private static final String WINDOW = "gaussian_window";
  private static final double EXACT = 1e-6; // how well a file's numbers must keep the rules

  private final MultivariateGaussian natural;
  private final BlockFeatures features;

  private final String sha256;

  private Niqe(MultivariateGaussian natural, BlockFeatures features, String sha256) {
    this.natural = natural;
    this.features = features;
    this.sha256 = sha256;
  }

  /**
   * The metric with the parameters of a NumPy file, {@code niqe_pris_params.npz} as BasicSR has it:
   * {@code mu_pris_param} (36), {@code cov_pris_param} (36 x 36) and {@code gaussian_window} (7 x
   * 7).
   *
   * @throws IOException if it cannot be read or holds something else
   */
  public static Niqe read(Path file) throws IOException {
    StateDict arrays = Weights.readNumpy(file);
    double[] mean = numbers(file, arrays, MEAN, 1, SIZE);
    double[] covariance = numbers(file, arrays, COVARIANCE, SIZE, SIZE);
    for (int i = 0; i < covariance.length; i++) {
      double mirrored = covariance[i % SIZE * SIZE + i / SIZE];
      if (!(Math.abs(covariance[i] - mirrored) <= EXACT)) {
        throw wrong(file, COVARIANCE, "is not symmetric");
      }
    }
    long size = arrays.find(WINDOW).map(w -> w.rank() > 0 ? w.extent(0) : 0).orElse(0L);
    double[] window = numbers(file, arrays, WINDOW, size, size);
    if (size % 2 == 0 || Math.abs(Arrays.stream(window).sum() - 1) > EXACT) {
      throw wrong(file, WINDOW, "has no middle, or its sum is not 1");
    }
    return new Niqe(
        new MultivariateGaussian(mean, covariance),
        new BlockFeatures(window, (int) size),
        Weights.sha256(file));
  }

  private static double[] numbers(Path file, StateDict arrays, String name, long... shape)
      throws IOException {
    Weight array = arrays.find(name).orElseThrow(() -> wrong(file, name, "is missing"));
    if (!array.dtype().floating() || !array.hasShape(shape)) {
      throw wrong(file, name, "is %s, not floats of %dx%d".formatted(array, shape[0], shape[1]));
    }
    double[] numbers = array.doubles();
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw wrong(file, name, "is not finite");
    }
    return numbers;
  }

  private static IOException wrong(Path file, String name, String what) {
    return new IOException(
        "%s: the array %s %s; name BasicSR's niqe_pris_params.npz".formatted(file, name, what));
  }

  /**
   * The metric with the parameters of the asset {@link #ASSET}; nothing where that is not here.
   *
   * @throws IOException if the asset's file is not what it should be
   */
  public static Optional<Niqe> ifPresent() throws IOException {
    Assets assets = Assets.standard();
    return assets.state(assets.named(ASSET)).isThere()
        ? Optional.of(read(assets.require(ASSET)))
        : Optional.empty();
  }

  @Override
  public String name() {
    return "NIQE";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public List<String> weights() {
    return List.of(sha256);
  }

  @Override
  public double measure(Picture picture, int border) {
    Protocol whole = new Protocol(Channel.Y, 0);
    Plane plane = rounded(Measured.planes(blocks(picture, border), whole).get(0));
    List<double[]> rows = features(plane);
    long textured = rows.stream().filter(MultivariateGaussian::isWhole).count();
    if (textured < 2) {
      throw new IllegalArgumentException(
          "NIQE needs two blocks of %dx%d pixels that are not flat; of the %d of this picture %d are"
              .formatted(BLOCK, BLOCK, rows.size(), rows.size() - textured));
    }
    return natural.distance(MultivariateGaussian.fit(rows));
  }

  /** The part of the picture that whole blocks cover. */
  private static Picture blocks(Picture picture, int border) {
    if (picture.channels().hasAlpha()) {
      throw new IllegalArgumentException(
          "NIQE is of gray or RGB pictures; this one is %s".formatted(picture.channels()));
    }
    int across = (picture.width() - 2 * border) / BLOCK;
    int down = (picture.height() - 2 * border) / BLOCK;
    if (border < 0 || across < 1 || down < 1 || across * down < 2) {
      throw new IllegalArgumentException(
          "NIQE needs two blocks of %dx%d pixels inside a border of %d; this picture has %dx%d"
              .formatted(BLOCK, BLOCK, border, picture.width(), picture.height()));
    }
    return picture.crop(border, border, across * BLOCK, down * BLOCK);
  }

  private static Plane rounded(Plane plane) {
    double[] values = Arrays.stream(plane.values()).map(Math::rint).toArray();
    return new Plane(plane.width(), plane.height(), values);
  }

  /** The features of every block, those of its half size behind those of its own. */
  private List<double[]> features(Plane plane) {
    Plane half = Bicubic.resize(plane, 0.5);
    List<double[]> rows = new ArrayList<>();
    for (int top = 0; top < plane.height(); top += BLOCK) {
      for (int left = 0; left < plane.width(); left += BLOCK) {
        double[] row = new double[SIZE];
        features.write(plane, left, top, BLOCK, row, 0);
        features.write(half, left / 2, top / 2, BLOCK / 2, row, BlockFeatures.COUNT);
        rows.add(row);
      }
    }
    return rows;
  }
}
