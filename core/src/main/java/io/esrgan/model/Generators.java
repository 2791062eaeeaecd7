package io.esrgan.model;

import io.esrgan.nn.Network;
import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;

/** The network that a generator's measures describe. */
public final class Generators {
  private Generators() {}

  /** A network of these measures, whose parameters have the names of {@code config.shapes()}. */
  public static Network of(GeneratorConfig config) {
    if (config instanceof RrdbConfig rrdb) {
      return new RrdbNet(rrdb);
    } else if (config instanceof ResidualConfig residual) {
      return new ResidualNet(residual);
    } else if (config instanceof SrcnnConfig srcnn) {
      return new Srcnn(srcnn);
    } else if (config instanceof SrResNetConfig srResNet) {
      return new SrResNet(srResNet);
    } else if (config instanceof MsrResNetConfig msrResNet) {
      return new MsrResNet(msrResNet);
    } else if (config instanceof EdsrConfig edsr) {
      return new Edsr(edsr);
    } else if (config instanceof RcanConfig rcan) {
      return new Rcan(rcan);
    } else if (config instanceof EnhanceNetConfig enhanceNet) {
      return new EnhanceNet(enhanceNet);
    }
    return new Compact((CompactConfig) config);
  }
}
