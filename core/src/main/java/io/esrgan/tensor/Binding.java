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
  private final IntMemoryMap operands = new IntMemoryMap();
  private final List<Pointer> kept = new ArrayList<>();

  void add(int role, memory.desc shape, FeatureBlocks maps) {
    add(role, shape, maps.memory().at(maps.offset(), maps.bytes()));
  }

  void add(int role, memory.desc shape, NativeMemory memory, long offset) {
    add(role, shape, memory.at(offset, shape.get_size()));
  }

  void add(int role, memory.desc shape, Pointer start) {
    add(role, new memory(shape, Kernels.engine(), start));
  }

  void add(int role, memory operand) {
    operands.put(role, operand);
    kept.add(operand);
  }

  void add(int role, float number) {
    FloatPointer start = new FloatPointer(number);
    memory.desc shape =
        new memory.desc(new long[] {1}, memory.data_type.f32, memory.format_tag.x, false);
    add(role, shape, start);
    kept.add(start);
  }

  Kernel to(String name, Workbench.Operation operation, Workbench workbench) {
    if (operation.scratch().get_size() > 0) {
      add(DNNL_ARG_SCRATCHPAD, workbench.scratch(operation.scratch()));
    }
    return new Kernel(name, operation.code(), operands, kept);
  }
}
