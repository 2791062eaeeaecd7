package io.esrgan.cli;

import io.esrgan.asset.Assets;
import io.esrgan.metric.Lpips;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where NIQE's parameters are, which do not come with the program. */
final class NiqeOption {
  @Option(
      names = "--niqe-parameters",
      paramLabel = "FILE",
      description =
          "What NIQE was fitted to natural pictures with: BasicSR's niqe_pris_params.npz. Default:"
              + " the asset niqe (see esrgan assets).")
  private Optional<Path> file = Optional.empty();

  /** Reads the parameters. */
  Niqe read() throws IOException {
    return Niqe.read(file.isPresent() ? file.get() : Assets.standard().require(Niqe.ASSET));
  }

  /** These, and NIQE and LPIPS where their assets are here. */
  List<Metric> with(Metric... always) throws IOException {
    List<Metric> metrics = new ArrayList<>(List.of(always));
    readIfPresent().ifPresent(metrics::add);
    Lpips.ifPresent(Lpips.Backbone.ALEX).ifPresent(metrics::add);
    return metrics;
  }

  /** Reads the parameters; nothing where none are named and the asset is not here. */
  Optional<Niqe> readIfPresent() throws IOException {
    return file.isPresent() ? Optional.of(read()) : Niqe.ifPresent();
  }
}
