package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esrgan.Fixtures;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** The files that {@code make_files.py} wrote, and the numbers that it put into them. */
final class TorchFiles {
  private TorchFiles() {}

  static Path file(String name) {
    return Fixtures.resource("/io/esrgan/weights/" + name);
  }

  /** Number {@code i} of a weight. */
  static float number(String name, int i) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    return i + crc.getValue() % 1000;
  }

  static float[] numbers(String name, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(name, i);
    }
    return numbers;
  }
}
