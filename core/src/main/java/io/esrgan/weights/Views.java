package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Turns torch's views of storages into weights: a view that is contiguous becomes a window, any
 * other is copied out number by number.
 *
 * <p>A stride of zero shows one number many times, so a small file can announce gigabytes; what is
 * copied may in all take the length of the file and {@link Limits#SPREAD}.
 */
final class Views {
  private final Source source;
  private final Map<String, ByteBuffer> storages;
  private long spread;

  Views(Source source, Map<String, ByteBuffer> storages) {
    this.source = source;
    this.storages = storages;
  }

  Weight weight(String name, TensorView view) throws WeightsException {
    StorageRef storage = view.storage();
    ByteBuffer bytes = storages.get(storage.key());
    if (bytes == null) {
      throw source.fail(
          "the storage of %s is missing; it is damaged, so fetch it again"
              .formatted(Quote.of(name)));
    }
    long[] size = view.size().stream().mapToLong(Long::longValue).toArray();
    long[] stride = view.stride().stream().mapToLong(Long::longValue).toArray();
    long length = Shapes.bytes(storage.dtype(), size);
    long reach = length == 0 ? 0 : reach(view.offset(), size, stride);
    if (length < 0 || reach < 0 || reach > storage.length()) {
      throw source.fail(
          "%s of shape %s reaches outside its storage of %d numbers"
              .formatted(Quote.of(name), Weight.text(size), storage.length()));
    }
    if (length == 0) {
      return Weight.over(storage.dtype(), ByteBuffer.allocate(0), size);
    }
    int width = storage.dtype().bytes();
    int first = (int) ((storage.from() + view.offset()) * width);
    if (contiguous(size, stride)) {
      return Weight.over(storage.dtype(), bytes.slice(first, (int) length), size);
    }
    if (length > Math.min(source.length() + Limits.SPREAD, Limits.FILE) - spread) {
      throw source.fail(
          "%s shows the same numbers so often that it would take %d bytes; save it contiguous"
              .formatted(Quote.of(name), length));
    }
    spread += length;
    return Weight.over(
        storage.dtype(), copy(bytes, first, width, size, stride, (int) length), size);
  }

  /** One more than the highest place that a view touches, or -1 where there is no such place. */
  private static long reach(long offset, long[] size, long[] stride) {
    long last = offset;
    for (int axis = 0; axis < size.length && last >= 0; axis++) {
      long steps = size[axis] - 1;
      if (stride[axis] < 0 || (steps > 0 && stride[axis] > (Long.MAX_VALUE - last) / steps)) {
        return -1;
      }
      last += steps * stride[axis];
    }
    return last < 0 || last == Long.MAX_VALUE ? -1 : last + 1;
  }

  private static boolean contiguous(long[] size, long[] stride) {
    long expected = 1;
    for (int axis = size.length - 1; axis >= 0; axis--) {
      if (size[axis] != 1 && stride[axis] != expected) {
        return false;
      }
      expected *= size[axis];
    }
    return true;
  }

  /** Counts through the view's indices, the last axis fastest, and copies number by number. */
  private static ByteBuffer copy(
      ByteBuffer from, int first, int width, long[] size, long[] stride, int length) {
    ByteBuffer to = ByteBuffer.allocate(length);
    long[] index = new long[size.length];
    long at = first;
    while (to.hasRemaining()) {
      for (int i = 0; i < width; i++) {
        to.put(from.get((int) at + i));
      }
      for (int axis = size.length - 1; axis >= 0; axis--) {
        at += stride[axis] * width;
        if (++index[axis] < size[axis]) {
          break;
        }
        at -= stride[axis] * width * size[axis];
        index[axis] = 0;
      }
    }
    return to.flip();
  }
}
