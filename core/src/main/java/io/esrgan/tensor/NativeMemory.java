package io.esrgan.tensor;

import java.util.Objects;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A piece of memory outside the heap, for {@link Kernel}s to work in: zero at first, aligned to
 * cache lines, the same place for all its life. Offsets and lengths are in bytes and are checked.
 *
 * <p>Not safe for use by several threads at once. Must not be closed before the kernels that work
 * in it.
 */
public final class NativeMemory implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final long size;
  private Zeros whole; // null once closed
  private final long start; // of the aligned part

  private NativeMemory(Zeros whole, long size) {
    this.whole = whole;
    this.size = size;
    this.start = Math.floorMod(-whole.address(), ALIGNMENT);
  }

  /**
   * Takes memory from the system.
   *
   * @throws OutOfMemoryError if it gives none
   */
  public static NativeMemory allocate(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes cannot be allocated");
    }
    return Native.call("allocate", () -> new NativeMemory(new Zeros(bytes + ALIGNMENT), bytes));
  }

  /** Fresh pages are cleared by the system when a thread first uses them. */
  private static final class Zeros extends Pointer {
    @SuppressWarnings("this-escape")
    Zeros(long bytes) {
      Pointer given = Pointer.calloc(1, bytes);
      if (given == null || given.isNull()) {
        throw new OutOfMemoryError("the system gives no %d bytes".formatted(bytes));
      }
      this.address = given.address();
      this.limit = bytes;
      this.capacity = bytes;
      Address place = new Address(address);
      deallocator(() -> Pointer.free(place));
    }
  }

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** Copies bytes of {@code source} here; the two pieces must not overlap. */
  public void copy(long to, NativeMemory source, long from, long bytes) {
    Pointer target = at(to, bytes);
    Pointer origin = source.at(from, bytes);
    Native.run("copy", () -> Pointer.memcpy(target, origin, bytes));
  }

  /** Sets bytes to zero. */
  public void clear(long from, long bytes) {
    Pointer target = at(from, bytes);
    Native.run("clear", () -> Pointer.memset(target, 0, bytes));
  }

  /** Puts the elements of a float32 tensor here, in the order of its dimensions. */
  public void put(long to, Tensor tensor) {
    long bytes = Float.BYTES * tensor.count();
    Pointer target = at(to, bytes);
    Native.run(
        "put",
        () -> {
          try (PointerScope temporaries = new PointerScope()) {
            org.bytedeco.pytorch.Tensor flat =
                tensor
                    .use("put")
                    .to(Device.CPU.handle(), Precision.FLOAT32.scalarType)
                    .contiguous();
            Pointer.memcpy(target, flat.data_ptr(), bytes);
          }
        });
  }

  /** Fills a float32 tensor on the CPU, whose elements lie in the order of its dimensions. */
  public void get(long from, Tensor tensor) {
    long bytes = Float.BYTES * tensor.count();
    Pointer origin = at(from, bytes);
    Native.run(
        "get",
        () -> {
          try (PointerScope temporaries = new PointerScope()) {
            org.bytedeco.pytorch.Tensor target = tensor.use("get");
            if (tensor.precision() != Precision.FLOAT32 || !target.is_contiguous()) {
              throw new IllegalArgumentException("get: " + tensor + " is not filled row by row");
            }
            Pointer.memcpy(target.data_ptr(), origin, bytes);
          }
        });
  }

  Pointer at(long offset, long bytes) {
    if (whole == null) {
      throw new IllegalStateException("this memory was given back");
    }
    Objects.checkFromIndexSize(offset, bytes, size);
    return new Address(whole.address() + start + offset);
  }

  /** A place in memory. JavaCPP's own pointers into memory free all of it when they are closed. */
  private static final class Address extends Pointer {
    @SuppressWarnings("this-escape")
    Address(long address) {
      this.address = address;
    }
  }

  /** Gives the memory back. Closing twice does nothing. */
  @Override
  public void close() {
    if (whole != null) {
      if (!Gate.isClosed()) {
        Native.run("close", whole::close);
      }
      whole = null;
    }
  }
}
