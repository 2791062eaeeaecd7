package io.esrgan.bench;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.train.Step;
import io.esrgan.weights.RrdbConfig;

/**
 * The PSNR-oriented stage: the generator against the mean absolute difference.
 *
 * @param config of the generator
 * @param crop side of the low-resolution crops
 */
record PsnrStage(RrdbConfig config, int crop) implements TrainingStage {

  @Override
  public Rivals rivals(Format format) {
    RrdbNet network = new RrdbNet(config);
    FlatParameters parameters = first(network);
    return new Rivals(
        new BareTraining(config, parameters.toStateDict(), format, RATE),
        Step.psnr(network, parameters, ADAM, 1, Device.CPU, format.precision()));
  }

  /** The generator's first weights. */
  static FlatParameters first(RrdbNet network) {
    FlatParameters parameters = FlatParameters.trainable(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 1);
    return parameters;
  }

  @Override
  public double tolerance(Precision precision) {
    return Agreement.tolerance(precision);
  }

  @Override
  public String ourName() {
    return "Step.psnr";
  }

  @Override
  public String networks() {
    return "nf %d, gc %d, nb %d".formatted(config.features(), config.growth(), config.blocks());
  }

  @Override
  public double multiplications() {
    // Backward computes as much for the inputs and as much again for the weights.
    return 3 * Graph.record(new RrdbNet(config)).multiplicationsPerPixel() * crop * crop;
  }
}
