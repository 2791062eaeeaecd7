package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes pickles instruction by instruction, right ones and wrong ones. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts with protocol 2, as torch does. */
  static PickleWriter pickle() {
    return new PickleWriter().op(Opcode.PROTO, 2);
  }

  /** An instruction and the bytes that belong to it. */
  PickleWriter op(int opcode, int... operands) {
    out.write(opcode);
    for (int operand : operands) {
      out.write(operand);
    }
    return this;
  }

  PickleWriter op4(int opcode, int operand) {
    out.write(opcode);
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(operand).array());
    return this;
  }

  /** An instruction, the bytes that belong to it, and eight more for a number. */
  PickleWriter op8(int opcode, long number, int... operands) {
    op(opcode, operands);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    return this;
  }

  PickleWriter append(PickleWriter other) {
    out.writeBytes(other.bytes());
    return this;
  }

  PickleWriter text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    op4(Opcode.BINUNICODE, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  PickleWriter number(long number) {
    return op8(Opcode.LONG1, number, 8);
  }

  PickleWriter global(String module, String name) {
    out.write(Opcode.GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
    return this;
  }

  PickleWriter numbers(long... numbers) {
    op(Opcode.MARK);
    for (long number : numbers) {
      number(number);
    }
    return op(Opcode.TUPLE);
  }

  /** A reference to a storage of torch. */
  PickleWriter storage(String type, String key, long size) {
    return op(Opcode.MARK)
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .number(size)
        .op(Opcode.TUPLE)
        .op(Opcode.BINPERSID);
  }

  /** A tensor, by the call that torch writes; the storage comes first in the arguments. */
  PickleWriter tensor(PickleWriter storage, long offset, long[] size, long[] stride) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .op(Opcode.MARK)
        .append(storage)
        .number(offset)
        .numbers(size)
        .numbers(stride)
        .op(Opcode.NEWFALSE)
        .global("collections", "OrderedDict")
        .op(Opcode.EMPTY_TUPLE)
        .op(Opcode.REDUCE)
        .op(Opcode.TUPLE)
        .op(Opcode.REDUCE);
  }

  /** A dictionary of one float32 tensor named {@code w}, whose storage is {@code 0}. */
  static PickleWriter dictionary(long numbers, long offset, long[] size, long[] stride) {
    return pickle()
        .op(Opcode.EMPTY_DICT)
        .text("w")
        .tensor(new PickleWriter().storage("FloatStorage", "0", numbers), offset, size, stride)
        .op(Opcode.SETITEM)
        .op(Opcode.STOP);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** The legacy container around the pickle of an object. */
  static byte[] legacy(PickleWriter object, float[]... storages) {
    PickleWriter file = pickle();
    file.op(Opcode.LONG1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
    file.op(Opcode.STOP);
    file.op(Opcode.PROTO, 2).number(1001).op(Opcode.STOP);
    file.op(Opcode.PROTO, 2).op(Opcode.EMPTY_DICT).text("little_endian").op(Opcode.NEWTRUE);
    file.op(Opcode.SETITEM).op(Opcode.STOP);
    file.append(object);
    file.op(Opcode.PROTO, 2).op(Opcode.EMPTY_LIST).op(Opcode.MARK);
    for (int i = 0; i < storages.length; i++) {
      file.text(Integer.toString(i));
    }
    file.op(Opcode.APPENDS).op(Opcode.STOP);
    for (float[] storage : storages) {
      ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * storage.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(storage.length).asFloatBuffer().put(storage);
      file.out.writeBytes(bytes.array());
    }
    return file.bytes();
  }
}
