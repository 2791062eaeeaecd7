package io.esrgan.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;

/**
 * What {@link Kernel}s that run one after the other share: oneDNN's operations, of which there is
 * one for all that have the same shapes, what it is told of their operands, and memory that is used
 * only while they run, as much as the largest of them needs.
 *
 * <p>Must be closed after the kernels that were made with it.
 */
public final class Workbench implements AutoCloseable {

  /**
   * Something that oneDNN can compute, wherever its operands lie.
   *
   * @param weights the layout that it wants them in; null if it has none
   * @param scratch what it needs while it runs
   */
  record Operation(primitive code, memory.desc weights, memory.desc scratch) {

    /** Takes the description over and closes it. */
    static Operation of(primitive_desc_base description, primitive code) {
      try (description) {
        return new Operation(code, null, description.scratchpad_desc());
      }
    }

    /** As {@link #of}, for a convolution. */
    static Operation withWeights(primitive_desc_base description, primitive code) {
      try (description) {
        return new Operation(code, description.weights_desc(), description.scratchpad_desc());
      }
    }

    private void close() {
      code.close();
      scratch.close();
      if (weights != null) {
        weights.close();
      }
    }
  }

  /** All that an operation depends on, comparable by {@code equals}. */
  interface Form {
    /** What oneDNN has for it. */
    Operation make();
  }

  /** A layout somewhere; memory is compared by identity. */
  private record Place(Layouts.Layout layout, NativeMemory memory, long offset) {}

  private final Map<Form, Operation> operations = new HashMap<>();
  private final Map<Place, memory> operands = new HashMap<>();
  private final List<memory> scratch = new ArrayList<>();
  private long bytes;
  private NativeMemory shared;

  /** The operation of a form, made if there is none yet. */
  Operation operation(Form form) {
    return operations.computeIfAbsent(form, Form::make);
  }

  /** What oneDNN is told of feature maps, once for all kernels that read or write them. */
  memory operand(Layouts.Layout layout, NativeMemory memory, long offset, long bytes) {
    return operands.computeIfAbsent(
        new Place(layout, memory, offset),
        place -> new memory(layout.layout(), Kernels.engine(), memory.at(offset, bytes)));
  }

  /** Scratch memory that a kernel is bound to; it has no place before {@link #allocate}. */
  memory scratch(memory.desc shape) {
    memory operand = new memory(shape, Kernels.engine(), (Pointer) null);
    scratch.add(operand);
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
      throw new IllegalStateException("the scratch memory is there already");
    }
    shared = NativeMemory.allocate(bytes);
    Native.run("allocate", () -> scratch.forEach(it -> it.set_data_handle(shared.at(0, bytes))));
  }

  /** How large the scratch memory is: as much as the largest of the kernels needs. */
  public long scratchBytes() {
    return bytes;
  }

  /** Frees operations and memory. Closing twice does nothing. */
  @Override
  public void close() {
    if (!(operations.isEmpty() && operands.isEmpty()) && !Gate.isClosed()) {
      Native.run(
          "close",
          () -> {
            operands.values().forEach(memory::close);
            operations.values().forEach(Operation::close);
          });
    }
    operands.clear();
    operations.clear();
    if (shared != null) {
      shared.close();
    }
  }
}
