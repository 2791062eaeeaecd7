package io.esrgan;

import io.esrgan.model.Generators;
import io.esrgan.nn.Network;
import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.util.Locale;

/** Every kind of generator but ESRGAN's, as small as {@code make_networks.py} makes them. */
@SuppressWarnings("ImmutableEnumChecker") // configurations are records of numbers
public enum SmallNetwork {
  SRCNN_LUMA(new SrcnnConfig(1, 1, 3)),
  SRCNN_RGB(new SrcnnConfig(3, 1, 2)),
  RESIDUAL_NORMALISED(new ResidualConfig(3, 4, 2, 4, true, 1)),
  RESIDUAL_SCALED(new ResidualConfig(3, 6, 2, 2, false, 0.2)),
  SRRESNET(new SrResNetConfig(4, 1, 2, true)),
  SRRESNET_PLAIN(new SrResNetConfig(4, 2, 2, false)),
  MSRRESNET_X4(new MsrResNetConfig(6, 2, 4, MsrResNetConfig.Form.PICTURE_SKIP)),
  MSRRESNET_X3(new MsrResNetConfig(6, 1, 3, MsrResNetConfig.Form.PICTURE_SKIP)),
  MSRRESNET_UPCONV(new MsrResNetConfig(6, 2, 4, MsrResNetConfig.Form.TRUNK_SKIP_UPCONV)),
  MSRRESNET_UPCONV_X3(new MsrResNetConfig(6, 1, 3, MsrResNetConfig.Form.TRUNK_SKIP_UPCONV)),
  MSRRESNET_TRUNK(new MsrResNetConfig(6, 2, 2, MsrResNetConfig.Form.TRUNK_SKIP)),
  EDSR_X4(new EdsrConfig(6, 2, 4, 0.1)),
  EDSR_X3(new EdsrConfig(6, 1, 3, 1)),
  RCAN(new RcanConfig(6, 2, 1, 3, 2)),
  ENHANCENET(new EnhanceNetConfig(6, 2)),
  COMPACT_X4(new CompactConfig(6, 2, 4)),
  COMPACT_X2(new CompactConfig(6, 1, 2));

  private final GeneratorConfig config;

  SmallNetwork(GeneratorConfig config) {
    this.config = config;
  }

  public GeneratorConfig config() {
    return config;
  }

  public Network network() {
    return Generators.of(config);
  }

  /** The name of its file of answers. */
  public String fixture() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
