package io.esrgan.tensor;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Where tensors live and are computed on. */
public enum Device {
  CPU(DeviceType.CPU),
  CUDA(DeviceType.CUDA),
  MPS(DeviceType.MPS);

  private final DeviceType type;

  Device(DeviceType type) {
    this.type = type;
  }

  /** The name that options and reports use. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether this machine and this build of the engine have it. Loads the engine. */
  public boolean isAvailable() {
    Engine.load();
    return switch (this) {
      case CPU -> true;
      case CUDA -> torch.hasCUDA() && torch.cuda_is_available();
      case MPS -> torch.hasMPS();
    };
  }

  /** The fastest device there is: CUDA, then MPS, then the CPU. Loads the engine. */
  public static Device best() {
    return CUDA.isAvailable() ? CUDA : MPS.isAvailable() ? MPS : CPU;
  }

  /** The precision that costs nothing that can be seen and runs fastest here. */
  public Precision preferredPrecision() {
    return switch (this) {
      case CPU -> Processor.multipliesBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32;
      case CUDA -> Precision.BFLOAT16;
      case MPS -> Precision.FLOAT32;
    };
  }

  static Device of(org.bytedeco.pytorch.Device handle) {
    return handle.is_cuda() ? CUDA : handle.is_mps() ? MPS : CPU;
  }

  org.bytedeco.pytorch.Device handle() {
    return new org.bytedeco.pytorch.Device(type);
  }
}
