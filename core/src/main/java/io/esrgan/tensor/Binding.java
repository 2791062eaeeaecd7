package io.esrgan.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Operands and where they lie. */
final class Binding {
  private final Workbench workbench;
  private final IntMemoryMap operands = new IntMemoryMap();
  private final List<Pointer> kept = new ArrayList<>();

  Binding(Workbench workbench) {
    this.workbench = workbench;
  }

  void add(int role, Layouts.Layout layout, FeatureBlocks maps) {
    add(role, layout, maps.memory(), maps.offset(), maps.bytes());
  }

  void add(int role, Layouts.Layout layout, NativeMemory memory, long offset, long bytes) {
    operands.put(role, workbench.operand(layout, memory, offset, bytes));
  }

  void add(int role, memory.desc shape, NativeMemory memory, long offset) {
    keep(role, new memory(shape, Kernels.engine(), memory.at(offset, shape.get_size())));
  }

  void add(int role, float number) {
    FloatPointer start = new FloatPointer(number);
    memory.desc shape =
        new memory.desc(new long[] {1}, memory.data_type.f32, memory.format_tag.x, false);
    keep(role, new memory(shape, Kernels.engine(), start));
    kept.add(start);
  }

  private void keep(int role, memory operand) {
    operands.put(role, operand);
    kept.add(operand);
  }

  Kernel to(String name, Workbench.Operation operation) {
    if (operation.scratch().get_size() > 0) {
      keep(DNNL_ARG_SCRATCHPAD, workbench.scratch(operation.scratch()));
    }
    return new Kernel(name, operation.code(), operands, kept);
  }
}
