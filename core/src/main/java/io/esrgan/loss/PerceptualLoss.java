package io.esrgan.loss;

import io.esrgan.model.FeatureNetwork;
import io.esrgan.nn.Live;
import io.esrgan.nn.Numbers;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import java.util.List;

/**
 * How far apart two pictures are to a network that was trained to see: the weighted sum of the
 * distances of its feature maps (Johnson et al. 2016; Wang et al. 2018, section 3.3, there of
 * VGG19's {@code conv5_4} before activation, by L1). With {@link TextureDistance} it compares what
 * pictures are made of, not where.
 */
public final class PerceptualLoss {
  private final FeatureNetwork network;
  private final Numbers numbers;
  private final List<Double> weights;
  private final FeatureDistance distance;
  private final FeatureScale scale;

  /**
   * @param numbers the network's, held
   * @param weights one for each of the network's taps
   * @param distance how feature maps are compared
   * @param scale what they are divided by first
   */
  public PerceptualLoss(
      FeatureNetwork network,
      Numbers numbers,
      List<Double> weights,
      FeatureDistance distance,
      FeatureScale scale) {
    this.network = network;
    this.numbers = numbers;
    this.weights = List.copyOf(weights);
    this.distance = distance;
    this.scale = scale;
  }

  /**
   * The loss of a batch.
   *
   * @param output (n, 3, h, w), RGB, carrying gradient
   * @param target the same shape and precision, in [0, 1]
   * @return one element
   */
  public Tensor of(Tensor output, Tensor target) {
    List<Tensor> wanted;
    try (Gradients none = Gradients.off()) {
      wanted = network.features(new Live(target, numbers));
    }
    List<Tensor> made = network.features(new Live(output, numbers));
    if (made.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d weights for the features of %d layers".formatted(weights.size(), made.size()));
    }
    Tensor sum = term(made, wanted, 0);
    for (int i = 1; i < made.size(); i++) {
      sum = sum.plus(term(made, wanted, i));
    }
    return sum;
  }

  private Tensor term(List<Tensor> made, List<Tensor> wanted, int tap) {
    Tensor output = made.get(tap).to(Precision.FLOAT32);
    Tensor target = wanted.get(tap).to(Precision.FLOAT32);
    return distance
        .of(scale.divide(output, target), scale.divide(target, target))
        .times(weights.get(tap));
  }
}
