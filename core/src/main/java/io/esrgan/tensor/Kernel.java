package io.esrgan.tensor;

import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/**
 * One operation of oneDNN, made for one shape and bound to where its operands lie: nothing is left
 * to decide or to allocate when it runs.
 *
 * <p>Belongs to the thread that made it.
 */
public final class Kernel implements AutoCloseable {
  private final String name;
  private final primitive operation;
  private final IntMemoryMap operands;
  private List<Pointer> kept; // what the native side points to; null once closed

  Kernel(String name, primitive operation, IntMemoryMap operands, List<Pointer> kept) {
    this.name = name;
    this.operation = operation;
    this.operands = operands;
    this.kept = List.copyOf(kept);
  }

  /** Computes. */
  public void run() {
    if (kept == null) {
      throw new IllegalStateException(name + ": this kernel was closed");
    }
    Native.run(name, () -> operation.execute(Kernels.stream(), operands));
  }

  /** Frees what it was made of, not its operands' memory. Closing twice does nothing. */
  @Override
  public void close() {
    if (kept != null && !Gate.isClosed()) {
      Native.run(
          name,
          () -> {
            operation.close();
            operands.close();
            kept.forEach(Pointer::close);
          });
    }
    kept = null;
  }
}
