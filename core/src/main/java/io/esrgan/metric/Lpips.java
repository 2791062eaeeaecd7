package io.esrgan.metric;

import io.esrgan.asset.Assets;
import io.esrgan.image.Picture;
import io.esrgan.model.AlexNet;
import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.SqueezeNet;
import io.esrgan.model.TrainedFeatures;
import io.esrgan.model.Vgg16;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.WeightFile;
import io.esrgan.weights.WeightKind;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learned perceptual image patch similarity, version 0.1 (Zhang, Isola, Efros, Shechtman and Wang
 * 2018): how far apart two pictures are to a classifier; 0 for equal ones, lower is better.
 *
 * <p>At each of the classifier's taps the channels of a pixel are brought to length 1, and their
 * squared differences summed with weights that were fitted to people's judgement; the mean over all
 * pixels, summed over the taps. Numbers of different classifiers cannot be compared.
 *
 * <p>It sees RGB; gray is given to it three times. By custom no border is cut.
 *
 * <p>Immutable. Native memory is taken while it measures: some 2.2 kB a pixel with VGG16, 1.2 kB
 * with SqueezeNet, 300 bytes with AlexNet.
 */
public final class Lpips implements Metric {
  private static final double EPSILON = 1e-10; // what the authors add to a norm

  /** The classifiers that there are linear layers for. */
  public enum Backbone {
    /** AlexNet, which the authors advise for measuring. */
    ALEX("Alex", "alexnet", "lpips-alex", WeightKind.ALEXNET),
    /** VGG16, which many papers report. */
    VGG("VGG", "vgg16", "lpips-vgg", WeightKind.VGG16),
    /** SqueezeNet 1.1, of torchvision's weights, which are not those of the Caffe model. */
    SQUEEZE("Squeeze", "squeezenet1_1-torchvision", "lpips-squeeze", WeightKind.SQUEEZENET);

    private final String title;
    private final String asset;
    private final String linearAsset;
    private final WeightKind kind;

    Backbone(String title, String asset, String linearAsset, WeightKind kind) {
      this.title = title;
      this.asset = asset;
      this.linearAsset = linearAsset;
      this.kind = kind;
    }

    /** The layers that pictures are compared by. */
    List<String> taps() {
      return switch (this) {
        case ALEX -> List.of("relu1", "relu2", "relu3", "relu4", "relu5");
        case VGG -> List.of("relu1_2", "relu2_2", "relu3_3", "relu4_3", "relu5_3");
        case SQUEEZE -> List.of("relu1", "relu3", "relu5", "relu6", "relu7", "relu8", "relu9");
      };
    }

    /** The channels of each tap. */
    private int[] widths() {
      return switch (this) {
        case ALEX -> new int[] {64, 192, 384, 256, 256};
        case VGG -> new int[] {64, 128, 256, 512, 512};
        case SQUEEZE -> new int[] {64, 128, 256, 384, 384, 512, 512};
      };
    }

    private FeatureNetwork network(StateDict weights) {
      return switch (this) {
        case ALEX -> new AlexNet(taps());
        case VGG -> new Vgg16(TrainedFeatures.widths(weights), taps());
        case SQUEEZE -> SqueezeNet.ofTorchvision(taps());
      };
    }

    /** The assets that it needs: the classifier's weights, and the linear layers. */
    public List<String> assets() {
      return List.of(asset, linearAsset);
    }
  }

  private final Backbone backbone;
  private final TrainedFeatures features;
  private final List<float[]> linear; // one weight for each channel of each tap
  private final List<String> sums;

  private Lpips(
      Backbone backbone, TrainedFeatures features, List<float[]> linear, List<String> sums) {
    this.backbone = backbone;
    this.features = features;
    this.linear = linear;
    this.sums = sums;
  }

  /**
   * The metric from two files.
   *
   * @param classifier torchvision's weights of the backbone, with or without the part behind its
   *     features
   * @param linear the authors' linear layers of version 0.1 for it
   * @throws IOException if one cannot be read or holds something else
   */
  public static Lpips read(Backbone backbone, Path classifier, Path linear) throws IOException {
    StateDict weights = weights(classifier, backbone.kind);
    List<float[]> layers = linear(backbone, linear, weights(linear, WeightKind.LPIPS));
    TrainedFeatures features;
    try {
      features = TrainedFeatures.of(weights, backbone::network);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: %s; name torchvision's file".formatted(classifier, e.getMessage()), e);
    }
    List<String> sums = List.of(Weights.sha256(classifier), Weights.sha256(linear));
    return new Lpips(backbone, features, layers, sums);
  }

  private static StateDict weights(Path file, WeightKind kind) throws IOException {
    WeightFile found = Weights.open(file);
    if (found.kind() != kind) {
      throw new IOException(
          "%s: holds %s, not %s; name another file"
              .formatted(file, found.kind().title(), kind.title()));
    }
    return found.weights();
  }

  private static List<float[]> linear(Backbone backbone, Path file, StateDict weights)
      throws IOException {
    List<float[]> layers = new ArrayList<>();
    for (int width : backbone.widths()) {
      String name = "lin%d.model.1.weight".formatted(layers.size());
      Optional<Weight> layer = weights.find(name);
      if (layer.isEmpty() || !layer.get().hasShape(1, width, 1, 1) || !layer.get().isFinite()) {
        throw new IOException(
            "%s: %s is %s, not %d finite weights; name the linear layers of LPIPS for %s"
                .formatted(
                    file,
                    name,
                    layer.map(Weight::toString).orElse("missing"),
                    width,
                    backbone.title));
      }
      layers.add(layer.get().floats());
    }
    if (weights.size() != layers.size()) {
      throw new IOException(
          "%s: has %d linear layers, LPIPS for %s %d; name those for it"
              .formatted(file, weights.size(), backbone.title, layers.size()));
    }
    return layers;
  }

  /**
   * The metric from the assets.
   *
   * @throws IOException if one is not here, with what to put where, or not what it should be
   */
  public static Lpips read(Backbone backbone) throws IOException {
    Assets assets = Assets.standard();
    return read(backbone, assets.require(backbone.asset), assets.require(backbone.linearAsset));
  }

  /**
   * The metric from the assets; nothing where one of them is not here.
   *
   * @throws IOException if an asset's file is not what it should be
   */
  public static Optional<Lpips> ifPresent(Backbone backbone) throws IOException {
    Assets assets = Assets.standard();
    for (String asset : backbone.assets()) {
      if (!assets.state(assets.named(asset)).isThere()) {
        return Optional.empty();
      }
    }
    return Optional.of(read(backbone));
  }

  @Override
  public String name() {
    return "LPIPS-" + backbone.title;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  /** RGB, no border. */
  @Override
  public List<Protocol> protocols(int scale) {
    return List.of(new Protocol(Channel.RGB, 0));
  }

  @Override
  public List<String> weights() {
    return sums;
  }

  @Override
  public double measure(Picture reference, Picture candidate, Protocol protocol) {
    if (protocol.channel() != Channel.RGB) {
      throw new IllegalArgumentException(name() + " takes RGB, not " + protocol.stamp());
    }
    Measured.check(reference, candidate, protocol, features.network().smallestSide());
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters numbers = FlatParameters.frozen(features.network(), Device.CPU);
      numbers.load(features.weights());
      List<Tensor> expected = seen(Measured.inner(reference, protocol), numbers);
      List<Tensor> actual = seen(Measured.inner(candidate, protocol), numbers);
      double sum = 0;
      for (int i = 0; i < expected.size(); i++) {
        sum += difference(expected.get(i), actual.get(i), linear.get(i));
      }
      return sum;
    }
  }

  /** What the classifier makes of a picture at its taps. */
  private List<Tensor> seen(Picture picture, FlatParameters numbers) {
    try (Scope scope = Scope.open()) {
      Tensor colours = Pixels.toTensor(picture);
      if (colours.size(1) == 1) {
        colours = Tensor.concatenate(List.of(colours, colours, colours));
      }
      List<Tensor> maps = features.network().features(new Live(colours, numbers::get));
      maps.forEach(scope::keep);
      return maps;
    }
  }

  private static double difference(Tensor expected, Tensor actual, float[] weights) {
    try (Scope scope = Scope.open()) {
      Tensor apart = expected.unitChannels(EPSILON).minus(actual.unitChannels(EPSILON)).square();
      Tensor layer = Tensor.of(weights, 1, weights.length, 1, 1);
      return apart.convolve(layer, null, 1, 0).mean().item();
    }
  }
}
