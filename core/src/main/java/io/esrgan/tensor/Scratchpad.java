package io.esrgan.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that {@link Kernel}s use only while they run. Those that run one after the other share it:
 * it is as large as the largest of them needs.
 *
 * <p>Must be closed after the kernels that use it.
 */
public final class Scratchpad implements AutoCloseable {
  private final List<memory> operands = new ArrayList<>();
  private long bytes;
  private NativeMemory shared;

  /** What a kernel is bound to; it has no place before {@link #allocate}. */
  memory operand(memory.desc shape) {
    memory operand = new memory(shape, Kernels.engine(), (Pointer) null);
    operands.add(operand);
    bytes = Math.max(bytes, shape.get_size());
    return operand;
  }

  /**
   * Gives all kernels that were made so far their memory. None may run before, and none that is
   * made later may run at all.
   *
   * @throws OutOfMemoryError if there is not enough memory
   */
  public void allocate() {
    if (shared != null) {
      throw new IllegalStateException("the scratchpad has its memory already");
    }
    shared = NativeMemory.allocate(bytes);
    Native.run("allocate", () -> operands.forEach(it -> it.set_data_handle(shared.at(0, bytes))));
  }

  /** How large it is: as much as the largest of the kernels needs. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }
}
