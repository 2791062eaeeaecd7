package io.esrgan.study;

import io.esrgan.asset.Assets;
import io.esrgan.exec.Memory;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.SqueezeNet;
import io.esrgan.model.TrainedFeatures;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.report.PictureGrid;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many features of a picture are left after activation, and what they look like (Wang et al.
 * 2018, section 3.3 and figure 6): the deeper the layer, the fewer neurons a picture makes active,
 * and the less a perceptual loss after activation has to compare.
 *
 * @param source where the weights are from
 * @param before the layer before its rectifier, as the network names it
 * @param after the same after it
 */
public record FeatureActivity(TrainedFeatures trained, String source, String before, String after) {
  /** What the columns of a figure of {@link Maps#row} show. */
  public static final List<String> HEADS = List.of("picture", "before activation", "after");

  private static final String SQUEEZING = "features.3.squeeze1x1.weight";

  /**
   * Bytes per pixel of 64 maps before a rectifier and after it; SqueezeNet's first have a quarter.
   */
  private static final int WORST = 2 * 64 * Float.BYTES;

  private static final int SHOWN = 8; // maps a side
  private static final int SIDE = 48; // pixels that each is drawn to, a line included

  /**
   * A network up to a layer.
   *
   * @param network a file of weights, or an asset such as {@code vgg19}
   * @param layer such as {@code 5_4} of VGG19, or a fire module of SqueezeNet; by default the last
   * @throws IllegalArgumentException if the network has no such layer
   * @throws IOException if the weights are not here, or of another network
   */
  public static FeatureActivity of(String network, Optional<String> layer) throws IOException {
    Path file = Assets.standard().fileOrAsset(network);
    StateDict weights = Weights.read(file);
    boolean squeezing = weights.contains(SQUEEZING);
    try {
      TrainedFeatures.of(weights, List.of(squeezing ? "relu1" : "relu1_1"));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
    String place = layer.orElse(squeezing ? "9" : "5_4");
    String before = (squeezing ? "expand" : "conv") + place;
    String after = "relu" + place;
    return new FeatureActivity(
        TrainedFeatures.of(weights, List.of(before, after)), file.toString(), before, after);
  }

  /**
   * The features of a picture.
   *
   * @throws IllegalArgumentException if it is not RGB, too small for the layer, or too large for
   *     the memory that is free
   */
  public Maps of(Picture picture) {
    FeatureNetwork network = trained.network();
    if (picture.channels() != Picture.Channels.RGB) {
      throw new IllegalArgumentException("features are those of RGB pictures, not of " + picture);
    }
    if (Math.min(picture.width(), picture.height()) < network.smallestSide()) {
      throw new IllegalArgumentException(
          "%s needs pictures of at least %d pixels a side, not of %dx%d"
              .formatted(after, network.smallestSide(), picture.width(), picture.height()));
    }
    requireMemory(picture);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.load(trained.weights());
      List<Tensor> found = network.features(new Live(Pixels.toTensor(picture), parameters::get));
      long[] shape = found.get(0).shape();
      return new Maps(
          (int) shape[1],
          (int) shape[2],
          (int) shape[3],
          found.get(0).toFloats(),
          found.get(1).toFloats());
    }
  }

  /** Linux kills who takes more than there is; nothing is thrown that could be told. */
  private void requireMemory(Picture picture) {
    double pixels = (double) picture.width() * picture.height();
    double bytes = trained.network() instanceof SqueezeNet ? pixels * WORST / 4 : pixels * WORST;
    if (bytes > Memory.available()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the features of %dx%d pixels take some %.1f GB of memory, and %.1f GB are free;"
                  + " shrink the picture or cut it",
              picture.width(),
              picture.height(),
              bytes / 1e9,
              Memory.available() / 1e9));
    }
  }

  /** What a table of shares says below it. */
  public String note() {
    return "weights: " + source;
  }

  /** What a figure of maps says below it. */
  public String legend() {
    return "%s and %s, %d maps, spread over all. White is a map's largest value; black is its smallest before activation, and 0 after it."
        .formatted(before, after, SHOWN * SHOWN);
  }

  /**
   * Maps of one picture.
   *
   * @param before values before the rectifier, (channels, height, width)
   * @param after values after it
   */
  @SuppressWarnings("ArrayRecordComponent") // counted and drawn, never compared
  public record Maps(int channels, int height, int width, float[] before, float[] after) {

    /** How many values there are. */
    public int neurons() {
      return after.length;
    }

    /** The share of neurons that are above 0 after the rectifier, from 0 to 1. */
    public double share() {
      int active = 0;
      for (float value : after) {
        if (value > 0) {
          active++;
        }
      }
      return active / (double) after.length;
    }

    /** The picture, some maps before activation, and the same after it. */
    public PictureGrid.Row row(String name, Picture picture) {
      String active = String.format(Locale.ROOT, "%.2f %% active", 100 * share());
      return new PictureGrid.Row(
          name,
          List.of(
              PictureGrid.Cell.of(fitted(picture), List.of("")),
              PictureGrid.Cell.of(sheet(before, true), List.of("")),
              PictureGrid.Cell.of(sheet(after, false), List.of(active))));
    }

    /** The middle of the picture, as large as the maps beside it. */
    private static Picture fitted(Picture picture) {
      int side = Math.min(picture.width(), picture.height());
      Picture middle =
          picture.crop((picture.width() - side) / 2, (picture.height() - side) / 2, side, side);
      return Bicubic.resize(middle, SHOWN * SIDE / (double) side);
    }

    /** Maps in a square, with a line between. */
    private Picture sheet(float[] values, boolean signed) {
      byte[] samples = new byte[SHOWN * SIDE * SHOWN * SIDE];
      for (int i = 0; i < SHOWN * SHOWN; i++) {
        int channel = (int) ((long) i * channels / (SHOWN * SHOWN));
        draw(values, channel * height * width, signed, samples, i / SHOWN, i % SHOWN);
      }
      return Picture.of8Bit(
          SHOWN * SIDE, SHOWN * SIDE, Picture.Channels.GRAY, samples, Metadata.NONE);
    }

    /** One map, which begins at {@code start}, each of its values a rectangle of pixels. */
    private void draw(
        float[] values, int start, boolean signed, byte[] samples, int row, int column) {
      float high = 0;
      float low = 0;
      for (int at = start; at < start + height * width; at++) {
        high = Math.max(high, values[at]);
        low = Math.min(low, values[at]);
      }
      float least = signed ? low : 0;
      float range = high > least ? high - least : 1;
      for (int y = 0; y < SIDE - 1; y++) {
        int to = ((row * SIDE + y) * SHOWN + column) * SIDE;
        int from = start + y * height / (SIDE - 1) * width;
        for (int x = 0; x < SIDE - 1; x++) {
          float value = values[from + x * width / (SIDE - 1)];
          samples[to + x] = (byte) Math.round(255 * (value - least) / range);
        }
      }
    }
  }
}
