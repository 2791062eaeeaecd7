package io.esrgan.bench;

import io.esrgan.weights.RrdbConfig;
import java.io.IOException;

/**
 * A process that runs one picture through the network in one way, and prints what it held of the
 * machine's memory: before it ran, and at most until it had.
 */
final class MemoryProbe {
  /** What stands before the numbers, since native libraries print too. */
  static final String MARK = "resident megabytes:";

  private MemoryProbe() {}

  /** Takes a contestant's name, the network's measures, width and height. */
  public static void main(String[] arguments) throws IOException {
    RrdbConfig config = Options.model(arguments[1]);
    PictureSize size =
        new PictureSize(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    try (InferenceModel model = new InferenceModel(config)) {
      InferenceWay.Turn turn =
          InferenceWay.named(arguments[0])
              .preparation()
              .of(model)
              .on(InferenceModel.picture(size), size.shape());
      long before = ResidentMemory.now().orElseThrow();
      turn.work().run();
      System.out.println(MARK + " " + before + " " + ResidentMemory.most().orElseThrow());
    }
  }
}
