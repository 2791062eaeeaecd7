package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import java.util.List;

/**
 * SRCNN: three convolutions with two rectifiers, on a picture that is enlarged already: what they
 * call patch extraction, non-linear mapping and reconstruction.
 *
 * <p>Dong et al. 2014 (9-1-5) and 2016 (9-5-5), section 3.1. The authors' networks see luma alone;
 * chroma is enlarged bicubically. Input and output are in [0, 1]. Keys are those of its PyTorch
 * transcriptions.
 */
public final class Srcnn implements Network {
  private final List<Parameter> parameters;
  private final int channels;
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final Conv2d conv3;

  /**
   * A network.
   *
   * @param channels of the picture: 1 for luma, 3 for RGB
   * @param middleKernel side of the second convolution: 1 or 5
   */
  public Srcnn(int channels, int middleKernel) {
    this.channels = channels;
    Blueprint root = Blueprint.empty();
    conv1 = new Conv2d(root.within("conv1"), channels, 64, 9);
    conv2 = new Conv2d(root.within("conv2"), 64, 32, middleKernel);
    conv3 = new Conv2d(root.within("conv3"), 32, channels, 5);
    parameters = root.parameters();
  }

  @Override
  public Features forward(Features x) { // (n, c, h, w) → (n, c, h, w)
    return conv3.forward(conv2.forward(conv1.forward(x).relu()).relu());
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int inputChannels() {
    return channels;
  }
}
