package io.esrgan.tensor;

import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/**
 * Operations of oneDNN, mostly one, made for one shape and bound to where their operands lie:
 * nothing is left to decide or to allocate when they run.
 *
 * <p>Belongs to the thread that made it.
 */
public final class Kernel implements AutoCloseable {
  private record Call(primitive operation, IntMemoryMap operands) {}

  private final String name;
  private final List<Call> calls;
  private List<Pointer> kept; // what the native side points to; null once closed

  Kernel(String name, primitive operation, IntMemoryMap operands, List<Pointer> kept) {
    this(name, List.of(new Call(operation, operands)), List.copyOf(kept));
  }

  private Kernel(String name, List<Call> calls, List<Pointer> kept) {
    this.name = name;
    this.calls = calls;
    this.kept = kept;
  }

  /** One that computes several in their order, which it takes over. */
  public static Kernel of(String name, List<Kernel> parts) {
    return new Kernel(
        name,
        parts.stream().flatMap(part -> part.calls.stream()).toList(),
        parts.stream().flatMap(part -> part.kept.stream()).toList());
  }

  /** Computes. */
  public void run() {
    if (kept == null) {
      throw new IllegalStateException(name + ": this kernel was closed");
    }
    Native.run(
        name, () -> calls.forEach(call -> call.operation.execute(Kernels.stream(), call.operands)));
  }

  /** Frees what binds it to its operands, not their memory. Closing twice does nothing. */
  @Override
  public void close() {
    if (kept != null && !Gate.isClosed()) {
      Native.run(
          name,
          () -> {
            calls.forEach(call -> call.operands.close());
            kept.forEach(Pointer::close);
          });
    }
    kept = null;
  }
}
