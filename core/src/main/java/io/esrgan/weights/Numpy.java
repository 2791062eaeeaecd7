package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NumPy's {@code .npz}: a zip archive of {@code .npy} files, stored or deflated, each of them one
 * array in the format's version 1, 2 or 3.
 *
 * <p>Arrays of plain numbers are read, in either byte order and either order of the axes. Pickled
 * objects, texts and records are refused; nothing is executed.
 */
final class Numpy {
  private static final String ENDING = ".npy";

  private Numpy() {}

  static StateDict read(Source source) throws WeightsException {
    if (!ZipArchive.matches(source)) {
      throw source.fail("is no NumPy archive; name a file that numpy.savez wrote (.npz)");
    }
    ZipArchive zip = new ZipArchive(source);
    Map<String, Weight> arrays = new LinkedHashMap<>();
    for (String file : zip.names()) {
      if (!file.endsWith(ENDING)) {
        throw source.fail(
            "%s inside it is no array, so NumPy did not write it; name a file that numpy.savez wrote"
                .formatted(Quote.of(file)));
      }
      String name = file.substring(0, file.length() - ENDING.length());
      arrays.put(name, array(source, name, zip.unpack(file)));
    }
    return StateDict.of(arrays);
  }

  private static Weight array(Source source, String name, ByteBuffer file) throws WeightsException {
    NumpyHeader header = NumpyHeader.read(source, name, file);
    Dtype dtype = header.dtype();
    long[] shape = header.shape();
    ByteBuffer numbers = file.slice();
    if (numbers.remaining() != Shapes.bytes(dtype, shape)) {
      throw source.fail(
          "the array %s of %s %s has %d bytes; it is damaged or cut off, so fetch it again"
              .formatted(Quote.of(name), dtype, Weight.text(shape), numbers.remaining()));
    }
    if (header.bigEndian()) {
      numbers = swapped(numbers, dtype.bytes());
    }
    int count = numbers.remaining() / dtype.bytes();
    StorageRef storage = new StorageRef(name, dtype, count, 0, count);
    return new Views(source, Map.of(name, numbers))
        .weight(name, new TensorView(storage, 0, header.sizes(), header.strides()));
  }

  private static ByteBuffer swapped(ByteBuffer numbers, int width) {
    ByteBuffer swapped = ByteBuffer.allocate(numbers.remaining());
    for (int i = 0; i < swapped.capacity(); i++) {
      swapped.put(i, numbers.get(i - i % width + width - 1 - i % width));
    }
    return swapped;
  }
}
