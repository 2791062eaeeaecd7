package io.esrgan.cli;

import io.esrgan.exec.Executor;
import io.esrgan.exec.Memory;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Where networks are run, in what precision, with how much memory. */
final class EngineOptions {

  /** What {@code --precision} takes. */
  enum PrecisionChoice {
    AUTO(null),
    FLOAT32(Precision.FLOAT32),
    BFLOAT16(Precision.BFLOAT16);

    private final Precision precision;

    PrecisionChoice(Precision precision) {
      this.precision = precision;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@code --device} takes. */
  enum DeviceChoice {
    AUTO(null),
    CPU(Device.CPU),
    CUDA(Device.CUDA),
    MPS(Device.MPS);

    private final Device device;

    DeviceChoice(Device device) {
      this.device = device;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads {@code 512m}. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Memory.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--precision",
      paramLabel = "auto|float32|bfloat16",
      defaultValue = "auto",
      description =
          "Numbers to compute in. bfloat16 is several times as fast where the processor has it, and"
              + " differs by less than anybody sees. Default: auto, the faster.")
  private PrecisionChoice precision;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Size.class,
      description =
          "Memory for computing, such as 512m or 4g; the program comes on top. Larger pictures are"
              + " computed in strips, which gives the same result. Default: half of what is free.")
  private Optional<Long> memory = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda|mps",
      defaultValue = "auto",
      description = "What computes. Default: auto, the fastest there is.")
  private DeviceChoice device;

  /**
   * What the options come to on this machine. Loads the engine.
   *
   * @throws ParameterException if it does not have the device
   */
  Executor.Settings settings() {
    Device chosen = device.device == null ? Device.best() : device.device;
    if (!chosen.isAvailable()) {
      throw new ParameterException(
          spec.commandLine(),
          "--device %s: this machine, or this build of the engine, has none; give --device cpu"
              .formatted(device));
    }
    return new Executor.Settings(
        chosen,
        precision.precision == null ? chosen.preferredPrecision() : precision.precision,
        memory.orElseGet(Memory::defaultBudget));
  }
}
