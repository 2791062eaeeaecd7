package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.nn.SpectralConv2d;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import java.util.List;

/**
 * The discriminator of Real-ESRGAN: a U-Net with spectral normalisation that judges every pixel
 * (Wang et al. 2021, section 3.2). Keys are those of BasicSR.
 */
public final class UnetDiscriminator implements Discriminator {
  private static final int LARGEST_HALVING = 8;

  private final List<Parameter> parameters;
  private final Conv2d conv0;
  private final SpectralConv2d conv1;
  private final SpectralConv2d conv2;
  private final SpectralConv2d conv3;
  private final SpectralConv2d conv4;
  private final SpectralConv2d conv5;
  private final SpectralConv2d conv6;
  private final SpectralConv2d conv7;
  private final SpectralConv2d conv8;
  private final Conv2d conv9;

  /**
   * @param channels of the pictures
   * @param features channels at full size, 64 in Real-ESRGAN
   */
  public UnetDiscriminator(int channels, int features) {
    Blueprint root = Blueprint.empty();
    conv0 = new Conv2d(root.within("conv0"), channels, features, 3);
    conv1 = halving(root.within("conv1"), features, 2 * features);
    conv2 = halving(root.within("conv2"), 2 * features, 4 * features);
    conv3 = halving(root.within("conv3"), 4 * features, 8 * features);
    conv4 = keeping(root.within("conv4"), 8 * features, 4 * features);
    conv5 = keeping(root.within("conv5"), 4 * features, 2 * features);
    conv6 = keeping(root.within("conv6"), 2 * features, features);
    conv7 = keeping(root.within("conv7"), features, features);
    conv8 = keeping(root.within("conv8"), features, features);
    conv9 = new Conv2d(root.within("conv9"), features, 1, 3);
    parameters = root.parameters();
  }

  private static SpectralConv2d halving(Blueprint place, int in, int out) {
    return new SpectralConv2d(place, in, out, 4, 2, 1);
  }

  private static SpectralConv2d keeping(Blueprint place, int in, int out) {
    return new SpectralConv2d(place, in, out, 3, 1, 1);
  }

  @Override
  public Tensor logits(Live pictures) { // (n, c, h, w) → (n, 1, h, w)
    requireHalvings(pictures.tensor());
    Live x0 = conv0.forward(pictures).leakyRelu(SLOPE);
    Live x1 = conv1.forward(x0).leakyRelu(SLOPE); // half the size
    Live x2 = conv2.forward(x1).leakyRelu(SLOPE); // a quarter
    Live x3 = conv3.forward(x2).leakyRelu(SLOPE); // an eighth

    Live x4 = conv4.forward(doubled(x3)).leakyRelu(SLOPE).plus(x2, 1);
    Live x5 = conv5.forward(doubled(x4)).leakyRelu(SLOPE).plus(x1, 1);
    Live x6 = conv6.forward(doubled(x5)).leakyRelu(SLOPE).plus(x0, 1);

    Live out = conv8.forward(conv7.forward(x6).leakyRelu(SLOPE)).leakyRelu(SLOPE);
    return conv9.forward(out).tensor().to(Precision.FLOAT32);
  }

  private static Live doubled(Live x) {
    return x.with(x.tensor().upsampleBilinear(2));
  }

  private static void requireHalvings(Tensor pictures) {
    if (pictures.size(2) % LARGEST_HALVING != 0 || pictures.size(3) % LARGEST_HALVING != 0) {
      throw new IllegalArgumentException(
          "this discriminator judges pictures whose sides are multiples of %d, not %dx%d"
              .formatted(LARGEST_HALVING, pictures.size(3), pictures.size(2)));
    }
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
